import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Fence, StepRequest } from '#api/database/ledger/claimStep.ts';
import { type Answer, storeAnswer } from '#api/database/ledger/endStep.ts';
import type { Closing, RecordStepInput, StepInput, StepOutcome } from '#workflows/activities.ts';
import { completed } from '#workflows/closing.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { nodeKey, ROOT_SCOPE } from '#workflows/names.ts';
import type { Lease } from './Lease.ts';

import { waitBetween } from './waitBetween.ts';
import { type Performed, type StepDependencies, tell } from './work.ts';

export interface Keep {
  readonly dependencies: StepDependencies;
  readonly step: StepInput;
  readonly fence: Fence;
  readonly kind: StepRequest['kind'];
  readonly lease: Lease;
  readonly outputFile: string | null;
  readonly closing: Closing | null;
}

/** How long an answer waits here for a database that is away, before it is handed to Temporal. */
const HAND_OVER_AFTER_MS = 120_000;
/** DESIGN section 7, rule 7. An answer that is longer even when compressed goes on waiting here. */
const MOST_HANDED_OVER = 1_000_000;

/**
 * Stores an answer and never throws: it was paid for. While the database is away it tries again, beating; after two
 * minutes it returns the answer itself, and the workflow stores it before anything reads it.
 */
export async function keepAnswer(
  keep: Keep & { performed: Performed; durationMs: number },
): Promise<StepOutcome> {
  const { dependencies, step, fence, kind, performed, durationMs, outputFile, closing } = keep;
  const { workspaceId, simulationId, epoch, path, nodeId, scope } = step;
  const answer: Answer = {
    workspaceId,
    simulationId,
    epoch,
    path,
    nodeId,
    scope,
    kind,
    fence,
    durationMs,
    outputFile: endsTask(performed.outcome) ? outputFile : null,
    closing: closing && closingEvent(performed.outcome, closing),
    ...performed,
  };
  const handOverAt = Date.now() + HAND_OVER_AFTER_MS;
  for (let tries = 0; ; tries += 1) {
    try {
      const seq = await storeAnswer(dependencies.ledger, answer);
      await dependencies.reach('recorded', path);
      tell(dependencies.live, step, seq);
      const { outcome } = answer;
      if (!endsTask(outcome)) return outcome;
      if (seq !== null)
        dependencies.known.keepAnswer(
          simulationId,
          nodeKey(scope ?? ROOT_SCOPE, nodeId),
          answer.accepts?.text ?? answer.text,
        );
      return answer.closing && seq !== null ? { ...outcome, isClosed: true } : outcome;
    } catch {
      if (Date.now() > handOverAt) {
        const packed = await pack(answer);
        if (packed.length <= MOST_HANDED_OVER)
          return { kind: 'unstored', answer: packed, outcome: answer.outcome };
      }
      await waitBetween(tries);
    }
  }
}

type Ending = Extract<StepOutcome, { kind: 'answer' | 'accepted' }>;

const endsTask = (outcome: StepOutcome): outcome is Ending =>
  outcome.kind === 'answer' || outcome.kind === 'accepted';

function closingEvent(outcome: StepOutcome, { outputPath, outputPathIfEmpty }: Closing): NewEvent | null {
  if (!endsTask(outcome)) return null;
  return completed(outcome.isEmpty ? outputPathIfEmpty : outputPath);
}

const pack = async (answer: Answer): Promise<string> =>
  (await promisify(gzip)(JSON.stringify(answer))).toString('base64');

/** Stores an answer that its own activity handed over. */
export async function storeHandedOver(
  dependencies: StepDependencies,
  { simulationId, workspaceId, path, answer: packed }: RecordStepInput,
): Promise<void> {
  const text = (await promisify(gunzip)(Buffer.from(packed, 'base64'))).toString();
  // Our own worker packed it, and Temporal kept it: its place is checked, not its shape.
  const answer: Answer = JSON.parse(text);
  if (answer.simulationId !== simulationId || answer.workspaceId !== workspaceId || answer.path !== path)
    throw new Error(`The answer handed over is not the one of ${path}`);
  tell(dependencies.live, answer, await storeAnswer(dependencies.ledger, answer));
}
