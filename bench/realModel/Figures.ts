import type { StepView } from '#api/simulations/schema.ts';

export interface Figures {
  readonly calls: number;
  readonly repairs: number;
  readonly seconds: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What the model calls of a simulation came to, from the first that began to the last that ended. */
export function figuresOf(steps: readonly StepView[]): Figures {
  const calls = steps.filter(({ kind }) => kind === 'model');
  const sum = (of: (step: StepView) => number | null) =>
    calls.reduce((total, step) => total + (of(step) ?? 0), 0);
  const begin = Math.min(...calls.map(({ startedAt }) => Date.parse(startedAt)));
  const end = Math.max(...calls.map(({ endedAt, startedAt }) => Date.parse(endedAt ?? startedAt)));
  return {
    calls: calls.length,
    repairs: calls.filter(({ path }) => path.includes('/repair.')).length,
    seconds: calls.length > 0 ? (end - begin) / 1_000 : 0,
    inputTokens: sum(({ inputTokens }) => inputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
  };
}
