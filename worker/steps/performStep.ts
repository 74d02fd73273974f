import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import {
  claimStep,
  type Fence,
  type Found,
  findStep,
  LimitExceeded,
  SimulationGone,
  StepHeld,
  type StepRequest,
  StepTaken,
} from '#api/database/ledger/claimStep.ts';
import { isStillOurs } from '#api/database/ledger/renewLease.ts';
import { reuseStep } from '#api/database/ledger/reuse/reuseStep.ts';
import type { StepInput, StepOutcome } from '#workflows/activities.ts';
import { NotYet } from '../limits/NotYet.ts';
import { type TurnLimit, takeTurn } from '../limits/takeTurn.ts';
import { tellWaiting } from '../limits/tellWaiting.ts';
import { DeltaStream } from './DeltaStream.ts';
import { keepAnswer } from './keepAnswer.ts';
import { keepFailure } from './keepFailure.ts';
import { Lease } from './Lease.ts';
import { type Prepared, type StepDependencies, tell, type Work } from './work.ts';

/** A claim that waited this long before sending (a stopped process, a long pause of the machine) is checked again. */
const STALE_CLAIM_MS = 1_000;

/**
 * The course of every paid or outside thing: return it when it is finished already, else claim it, do it while
 * holding its lease, and store it. Once there is an answer nothing is thrown: an answer that was paid for is kept.
 */
export async function performStep<Read>(
  dependencies: StepDependencies,
  step: StepInput,
  work: Work<Read>,
): Promise<StepOutcome> {
  const context = Context.current();
  const fence: Fence = { epoch: step.epoch, attempt: step.priorAttempts + context.info.attempt };
  if (work.kind !== 'tool') await dependencies.providerLimits.refresh();
  const claimedAt = Date.now();
  const place = new Place();
  try {
    const claim = await claimInTurn(dependencies, { step, fence, work, place, hasTurn: false });
    if (claim.outcome) return claim.outcome;
    return await run(dependencies, { step, fence, kind: work.kind, context, claimedAt, ...claim });
  } catch (error) {
    if (error instanceof StepHeld) return heldOutcome(error, fence);
    throw error;
  } finally {
    place.leave();
  }
}

/** With a provider, while a step asks it. */
class Place {
  leave: () => void = () => undefined;
}

interface Claimed {
  readonly outcome: null;
  readonly prepared: Prepared;
  readonly countedCalls: number;
}

interface Claim<Read> {
  readonly step: StepInput;
  readonly fence: Fence;
  readonly work: Work<Read>;
  readonly place: Place;
  /** It may be sent in this minute, or nobody said how many may be. */
  readonly hasTurn: boolean;
}

/** It would be sent, and its agent or crew may send only so many a minute. Nothing is claimed. */
class TurnNeeded extends Error {
  readonly limit: TurnLimit;

  constructor(limit: TurnLimit) {
    super('A turn has to be taken first');
    this.limit = limit;
  }
}

/** What is finished or taken over from a parent is found without a turn: nothing is sent for it. */
async function claimInTurn<Read>(dependencies: StepDependencies, claim: Claim<Read>) {
  try {
    return await claimOrFind(dependencies, claim);
  } catch (error) {
    if (!(error instanceof TurnNeeded)) throw error;
    const waitMs = await takeTurn(dependencies.ledger, error.limit);
    if (waitMs > 0) throw await waitFor(dependencies, claim.step, new NotYet({ waitMs, who: OWN_LIMIT }));
  }
  return claimOrFind(dependencies, { ...claim, hasTurn: true });
}

const OWN_LIMIT = 'its limit of calls a minute';

async function claimOrFind<Read>(
  dependencies: StepDependencies,
  { step, fence, work, place, hasTurn }: Claim<Read>,
): Promise<Claimed | { outcome: StepOutcome }> {
  const { ledger, live, known, models } = dependencies;
  try {
    const result = await ledger.inWorkspace(step.workspaceId, async (transaction) => {
      const setting = known.settingOf(step.simulationId);
      const [found, read] = await Promise.all([
        setting ? { ...setting, outcome: null } : findStep(transaction, step),
        work.read(transaction),
        work.kind !== 'tool' && models.read(transaction, step),
      ]);
      if (found.outcome) return { outcome: found.outcome, seq: null };
      if (!setting) known.keepSetting(step.simulationId, found);
      const prepared = await work.prepare(found, read, transaction);
      const reused = found.fork && (await reuse(transaction, { step, found, prepared }));
      if (reused) return reused;
      if (prepared.turn && !hasTurn) throw new TurnNeeded(prepared.turn);
      const { model } = prepared.request;
      if (model !== null) place.leave = models.enter(step, model);
      const claimed = claimStep(transaction, { step, fence, request: prepared.request });
      // A claim that is refused has changed nothing: the commit need not wait for what it says.
      const [claim] = await Promise.all([claimed, transaction.commit()]);
      return claim.outcome ? { outcome: claim.outcome, seq: null } : { ...claim, outcome: null, prepared };
    });
    tell(live, step, result.seq);
    return result;
  } catch (error) {
    if (error instanceof StepHeld) return { outcome: heldOutcome(error, fence) };
    if (error instanceof NotYet) throw await waitFor(dependencies, step, error);
    throw error instanceof TurnNeeded ? error : claimFailure(error);
  }
}

const heldOutcome = ({ by, commandSeq }: StepHeld, { attempt }: Fence): StepOutcome => ({
  kind: 'held',
  by,
  commandSeq,
  attempt,
});

/** Nothing was claimed or sent, so nothing is used up: the place in the worker goes to others until then. */
async function waitFor(dependencies: StepDependencies, step: StepInput, notYet: NotYet): Promise<Error> {
  await tellWaiting(dependencies, step, notYet).catch(() => undefined);
  const { waitMs, message } = notYet;
  return ApplicationFailure.create({ type: 'model.notYet', message, nextRetryDelay: Math.ceil(waitMs) });
}

function reuse(
  transaction: LedgerTransaction,
  { step, found, prepared }: { step: StepInput; found: Found; prepared: Prepared },
) {
  if (!found.fork) return null;
  const { request, outputFile, accepts } = prepared;
  const { requestHash } = request;
  return reuseStep(transaction, { step, fork: found.fork, requestHash, outputFile, accepts });
}

/** What stands in the history carries no text of ours: a database error quotes its statement. */
export function claimFailure(error: unknown): unknown {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof StepTaken)
    return ApplicationFailure.create({
      type: 'engine.stepTaken',
      message: error.message,
      nextRetryDelay: '1s',
    });
  if (error instanceof LimitExceeded) return ApplicationFailure.nonRetryable(error.message, 'limit.exceeded');
  if (error instanceof SimulationGone)
    return ApplicationFailure.nonRetryable(error.message, 'simulation.gone');
  Context.current().log.warn('A step could not be claimed', { error: String(error).slice(0, 300) });
  return ApplicationFailure.create({
    type: 'engine.database',
    message: 'The database could not be reached or refused; the step is tried again.',
  });
}

interface Run extends Claimed {
  readonly step: StepInput;
  readonly fence: Fence;
  readonly kind: StepRequest['kind'];
  readonly context: Context;
  readonly claimedAt: number;
}

async function run(dependencies: StepDependencies, claimed: Run): Promise<StepOutcome> {
  const { ledger, live, reach } = dependencies;
  const { step, fence, kind, context, prepared } = claimed;
  const stream = new DeltaStream(live, step, fence);
  const lease = new Lease({ ledger, context, step, fence, partial: () => stream.text });
  const startedAt = Date.now();
  const keep = {
    dependencies,
    step,
    fence,
    kind,
    lease,
    outputFile: prepared.outputFile,
    closing: prepared.closing,
  };
  try {
    await reach('beforeCall', step.path);
    if (Date.now() - claimed.claimedAt > STALE_CLAIM_MS && !(await isStillOurs(ledger, { step, fence })))
      throw claimFailure(new StepTaken(step.path));
    const performed = await prepared
      .perform({ signal: lease.signal, onDelta: (text) => stream.add(text) })
      .catch(async (error: unknown) => {
        const { patience } = prepared;
        throw await keepFailure(error, { ...keep, countedCalls: claimed.countedCalls, patience });
      });
    stream.flush();
    await reach('answerReceived', step.path);
    return await keepAnswer({ ...keep, performed, durationMs: Date.now() - startedAt });
  } finally {
    stream.stop();
    lease.stop();
  }
}
