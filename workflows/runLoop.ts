import { completedEvent } from './completedEvent.ts';
import { fold } from './fold.ts';
import { inScope, nodeKey, roundScope, stepPath } from './names.ts';
import type { ControlStepOf } from './plan.ts';
import type { NodePlace } from './Run.ts';
import { NodeFailure } from './toFailure.ts';

/** The inside of a loop again and again: until its rule holds, or as often as it may. */
export async function runLoop(place: NodePlace, loop: ControlStepOf<'loop'>): Promise<void> {
  const { run, scope, mayStart } = place;
  const { nodeId, maxRounds } = loop;
  const behind = stepPath(scope, nodeId, 'rounds');
  for (let round = (run.ended[behind]?.rounds ?? 0) + 1; ; round += 1) {
    const inside = roundScope(scope, nodeId, round);
    if (!run.ended[inside]) {
      if (!mayStart()) return;
      const end = await run.doBlock({ run, scope: inside, blockId: nodeId, mayStart });
      const [failure] = end.failures;
      if (failure) throw new NodeFailure(failure.failure);
      if (!end.isDone) return;
    }
    const { path, isEmpty } = run.ended[inside] ?? fold(run, { scope: inside, blockId: nodeId });
    if (await isLast(place, loop, round)) {
      await end(place, loop, { round, path, isEmpty });
      delete run.ended[behind];
      delete run.ended[inside];
      return;
    }
    // Rounds that are done need no entry of their own: a loop of a thousand is carried on as one.
    delete run.ended[inside];
    run.ended[behind] = { path, isEmpty, rounds: round };
    if (round >= maxRounds) throw new Error('A loop went on after its last round');
  }
}

async function isLast(
  { run, scope }: NodePlace,
  { nodeId, name, maxRounds, hasUntil, atMost }: ControlStepOf<'loop'>,
  round: number,
): Promise<boolean> {
  if (!hasUntil) return round >= maxRounds;
  const path = stepPath(scope, nodeId, `until.${round}`);
  const at = { path, nodeId, ...inScope(scope) };
  const outcome = await run.steps.decide(at, { kind: 'until', round });
  if (outcome.kind === 'decided' && outcome.value === 'true') return true;
  if (round < maxRounds) return false;
  if (atMost === 'goOn') return true;
  throw new NodeFailure({
    code: 'limit.exceeded',
    message: `${name}: what it goes on for did not come true in ${maxRounds} rounds.`,
    path,
  });
}

interface LastRound {
  readonly round: number;
  readonly path: string;
  readonly isEmpty: boolean;
}

/** Its answer is the last round's. Where that has none, an empty one is put on record. */
async function end(
  { run, scope }: NodePlace,
  { nodeId }: ControlStepOf<'loop'>,
  { round, path, isEmpty }: LastRound,
): Promise<void> {
  const key = nodeKey(scope, nodeId);
  if (path !== '') {
    run.ended[key] = { path, isEmpty };
    return run.steps.tell(completedEvent(scope, nodeId, path));
  }
  const join = stepPath(scope, nodeId, 'join');
  const at = { path: join, nodeId, ...inScope(scope) };
  await run.steps.decide(at, { kind: 'join', leftOut: [], rounds: round });
  run.ended[key] = { path: join, isEmpty: true };
}
