import { MOST_ATTEMPTS } from '#api/database/ledger/claimStep.ts';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '#api/database/prepared.ts';
import type { StepInput } from '#workflows/activities.ts';
import type { Patience } from '../work.ts';

/** With another model to turn to, one that cannot be reached is not waited for longer. */
const MOST_WITH_FALLBACK = 2;

/** Asking again would not help. */
const FINAL = new Set([
  'model.badRequest',
  'model.contextTooLong',
  'model.noKey',
  'model.notFound',
  'model.refused',
  'model.refusedKey',
]);

interface Choosing {
  readonly step: Pick<StepInput, 'simulationId' | 'path' | 'epoch'>;
  readonly models: readonly [string, ...string[]];
  /** How often a step that failed is tried again; five attempts in all unless said. */
  readonly retries: number | undefined;
}

/** The first model that has not been given up at this step, from what its requests came to: the ledger knows. */
export async function chooseModel(
  transaction: AnyTransaction,
  { step, models, retries }: Choosing,
): Promise<{ readonly model: string; readonly patience: Patience }> {
  const attempts = retries === undefined ? MOST_ATTEMPTS : retries + 1;
  const [first] = models;
  if (models.length === 1) return { model: first, patience: { attempts, hasOtherModel: false } };
  const most = Math.min(attempts, MOST_WITH_FALLBACK);
  const calls = await runPrepared<Call>(transaction, CALLS, [step.simulationId, step.path, step.epoch]);
  const failuresOf = (model: string) => calls.filter((call) => call.model === model);
  const isGivenUp = (model: string) =>
    failuresOf(model).some(({ failure }) => FINAL.has(failure ?? '')) ||
    failuresOf(model).filter(({ isCounted }) => isCounted).length >= most;
  const open = models.filter((model) => !isGivenUp(model));
  const model = open[0] ?? models.at(-1) ?? first;
  return { model, patience: { attempts: attempts * models.length, hasOtherModel: open.length > 1 } };
}

/** A server that nobody knows has refused to hold a model to a schema at this step: words must do. */
export async function refusedSchema(
  transaction: AnyTransaction,
  { simulationId, path, epoch }: Choosing['step'],
): Promise<boolean> {
  const calls = await runPrepared<Call>(transaction, CALLS, [simulationId, path, epoch]);
  return calls.some(({ failure }) => failure === 'model.badRequest');
}

interface Call {
  readonly model: string | null;
  readonly failure: string | null;
  readonly isCounted: boolean;
}

const CALLS: PreparedStatement = {
  name: 'calls.failed',
  text: `
select model, failure, is_counted as "isCounted" from calls
where simulation_id = $1 and path = $2 and epoch = $3 and state in ('failed', 'unknown', 'sent')`,
};
