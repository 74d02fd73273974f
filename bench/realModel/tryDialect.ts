import type { TroupeClient } from '#api/client/createTroupeClient.ts';
import { fitSchema } from '#worker/steps/asks/fitSchema.ts';
import { crewFor, type RealCrew } from './crew.ts';
import { type Figures, figuresOf } from './Figures.ts';

/** A weak model needs several goes; each takes up what is done and tries the task that failed anew. */
const MOST_RETRIES = 8;

export interface Tried {
  readonly figures: Figures;
  readonly retries: number;
  /** The last answer of each task that gave one, by its id. */
  readonly answers: ReadonlyMap<string, string>;
  /** What is not as it should be, as sentences. */
  readonly faults: readonly string[];
}

interface Trying {
  readonly model: string;
  /** Whether its server holds it to schemas. */
  readonly isHeld: boolean;
}

/**
 * Runs a crew to its end with a model, and looks whether every task ended and its JSON fits. That the model is too weak
 * for its schema is answered by a retry, and no fault; that a retry did a finished task again would be one.
 */
export async function tryDialect(troupe: TroupeClient, { model, isHeld }: Trying): Promise<Tried> {
  const crew = crewFor(model, { isHeld });
  const { id: crewId } = await troupe.crews.create.mutate({ name: `With ${model}`, graph: crew.graph });
  const { id } = await troupe.simulations.start.mutate({ crewId, inputs: {} });
  let retries = 0;
  await untilEnded(troupe, id);
  let view = await troupe.simulations.get.query({ id });
  while (view.failure?.code === 'output.invalid' && retries < MOST_RETRIES) {
    retries += 1;
    await troupe.simulations.retry.mutate({ id });
    await untilEnded(troupe, id, view.lastSeq);
    view = await troupe.simulations.get.query({ id });
  }
  const { items: steps } = await troupe.simulations.steps.query({ id });
  const answers = new Map<string, string>();
  for (const { nodeId, path, state } of steps) {
    const { answer } = await troupe.simulations.step.query({ id, path });
    if (state === 'completed' && answer !== null) answers.set(nodeId, answer);
  }
  const { status, failure } = view;
  const again = steps.filter(({ nodeId, epoch }) => nodeId === 'describe' && epoch > 1);
  const faults = [
    ...(status === 'completed'
      ? []
      : [`It ${status}: ${failure?.code}, ${failure?.message} (${failure?.path})`]),
    ...again.map(({ path }) => `${path} was done again.`),
    ...misfits(crew, answers),
  ];
  return { figures: figuresOf(steps), retries, answers, faults };
}

function untilEnded(troupe: TroupeClient, id: string, after = 0): Promise<void> {
  return new Promise((resolve, reject) => {
    troupe.simulations.follow.subscribe({ id, after }, { onComplete: resolve, onError: reject });
  });
}

function misfits({ schemas }: RealCrew, answers: ReadonlyMap<string, string>): string[] {
  return Object.entries(schemas).flatMap(([nodeId, schema]) => {
    const answer = answers.get(nodeId);
    if (answer === undefined) return [`${nodeId} gave no answer.`];
    const fit = fitSchema(schema, answer);
    return 'problem' in fit ? [`${nodeId} does not fit its schema: ${fit.problem}`] : [];
  });
}
