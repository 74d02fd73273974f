import { setTimeout as delay } from 'node:timers/promises';
import type { EventType, SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { isDatabaseAway } from '../database/isDatabaseAway.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { Step } from '../database/models/Step.ts';
import { AppError } from '../errors.ts';
import { findSimulation } from './findSimulation.ts';
import { readEvents } from './listEvents.ts';
import { LiveFeed } from './liveFeed.ts';
import type { LiveTexts, PartialText } from './liveTexts.ts';
import { isOpen } from './policy.ts';
import type { FollowMessage } from './schema.ts';

/** A session that ends while it follows is noticed within this time; with the answer, within five seconds. */
const REAUTHORISE_MS = 2_500;
/** Between looks at the text so far, which workers write each second. */
const PARTIALS_MS = 500;
/** So long after one joins, the row may still lack what was told just before. A beat of the worker, and its way. */
const PARTIALS_LAG_MS = 1_500;
const PAGE = 500;
/** A database that restarts comes back in seconds; followers stay. */
const DATABASE_TRIES = 30;

const CLOSING: ReadonlySet<EventType> = new Set([
  'simulation.completed',
  'simulation.failed',
  'simulation.cancelled',
]);

export interface FollowOptions {
  readonly simulationId: string;
  /** Number of the last event that the follower has. */
  readonly after: number;
  readonly signal?: AbortSignal;
}

/** Has a follower who has events up to `after` seen the closing one? */
export const isOver = (simulation: Simulation, after: number): boolean =>
  !isOpen(simulation) && after >= simulation.lastSeq;

/**
 * Events after `after`, each once and without gap, as they happen, with pieces of answers between them. Ends after
 * the closing event. Listens before it reads what is there, so that nothing falls between the two.
 */
export async function* followEvents(
  context: MemberContext,
  { simulationId, after, signal }: FollowOptions,
): AsyncGenerator<FollowMessage, void, void> {
  const feed = new LiveFeed();
  const unsubscribe = await context.live.subscribe(simulationId, feed.take);
  const unwatch = context.seqWatch.watch(simulationId, feed.noticeSeq);
  try {
    const simulation = await findSimulation(context, simulationId);
    const start = Math.min(after, simulation.lastSeq);
    if (isOver(simulation, start)) return;
    feed.noticeSeq(simulation.lastSeq);
    yield* follow(context, feed, { simulationId, after: start, signal });
  } finally {
    unwatch();
    unsubscribe();
  }
}

async function* follow(
  context: MemberContext,
  feed: LiveFeed,
  { simulationId, after, signal }: FollowOptions,
): AsyncGenerator<FollowMessage, void, void> {
  let seq = after;
  let isLastClosing = false;
  let checkedAt = Date.now();
  let partialsAt = 0;
  const settledAt = Date.now() + PARTIALS_LAG_MS;
  while (!signal?.aborted) {
    while (feed.newestSeq > seq) {
      const events = await patiently(() =>
        readEvents(context.database, {
          workspaceId: context.caller.workspace.id,
          simulationId,
          after: seq,
          limit: PAGE,
        }),
      );
      if (events.length === 0) break;
      for (const event of events) {
        noteEnd(feed.texts, event);
        yield event;
        seq = event.seq;
        isLastClosing = CLOSING.has(event.type);
      }
    }
    if (isLastClosing) return;

    const mayLack = () => feed.texts.hasGap || partialsAt < settledAt;
    if (mayLack() && Date.now() - partialsAt >= PARTIALS_MS) {
      feed.texts.takePartials(await patiently(() => readPartials(context, simulationId)));
      partialsAt = Date.now();
    }
    for (const data of feed.texts.drain()) yield { type: 'delta', data };

    await feed.wait(mayLack() ? PARTIALS_MS : checkedAt + REAUTHORISE_MS - Date.now(), signal);
    if (Date.now() - checkedAt >= REAUTHORISE_MS) {
      await patiently(() => reauthorise(context));
      checkedAt = Date.now();
    }
  }
}

function noteEnd(texts: LiveTexts, event: SimulationEvent): void {
  if (event.type === 'step.completed' || event.type === 'step.failed') texts.end(event.data);
}

function readPartials({ database, caller }: MemberContext, simulationId: string): Promise<PartialText[]> {
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await Step.findAll({
      attributes: ['path', 'nodeId', 'epoch', 'attempt', 'partial'],
      where: { workspaceId, simulationId, state: 'running' },
      transaction,
    });
    return rows.map(({ path, nodeId, epoch, attempt, partial }) => ({
      path,
      nodeId,
      epoch,
      attempt,
      text: partial ?? '',
    }));
  });
}

/** Also when the role is another: whoever follows comes back with it, and sees at once what they may do now. */
async function reauthorise({ reauthorise: ask, caller }: MemberContext): Promise<void> {
  const now = await ask();
  if (now?.workspace.id !== caller.workspace.id || now.user.id !== caller.user.id) {
    throw new AppError('session.required', 'The session has ended.');
  }
  if (now.role !== caller.role) {
    throw new AppError('workspace.roleChanged', 'Your role in this workspace has changed.');
  }
}

/** Asks a database that is away again, each second. */
async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (!isDatabaseAway(error) || tries >= DATABASE_TRIES) throw error;
      await delay(1_000);
    }
  }
}
