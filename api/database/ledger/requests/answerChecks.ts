import type { ThinkWhat } from '#workflows/activities.ts';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import type { PlanTask } from '#workflows/graph/planSchema.ts';

export interface AnswerChecks {
  readonly task: PlanTask;
  readonly inputs: ReadonlyMap<string, string>;
  /** Of a request to a model; absent of a tool whose result is the answer. */
  readonly what?: Pick<ThinkWhat, 'ask' | 'opening'>;
}

/**
 * What decides whether an answer is the task's: it is told to nobody, and still makes another request of the same words.
 * Otherwise a fork with a new guardrail would take over what that has never seen. Undefined where nothing is held to it.
 */
export function answerChecks({ task, inputs, what }: AnswerChecks): unknown {
  const { guardrails, humanInput } = task;
  if (!guardrails?.length && !humanInput) return undefined;
  const kind = what?.ask?.kind;
  const mayEnd = kind === undefined ? what?.opening?.kind !== 'step' : kind === 'judge' || kind === 'repair';
  if (!mayEnd) return undefined;
  const words = canonicalJson(guardrails ?? []);
  const named = [...inputs].filter(
    ([name]) => words.includes(`{${name}}`) || words.includes(`input.${name}`),
  );
  return {
    ...(guardrails?.length && { guardrails }),
    ...(humanInput && { humanInput }),
    ...(named.length > 0 && { inputs: Object.fromEntries(named) }),
  };
}
