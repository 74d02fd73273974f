import type { PlanAgent } from '#workflows/graph/planSchema.ts';

/** Whom an agent asks, in order. */
export const modelsOf = ({ model, fallbackModels = [] }: PlanAgent): readonly [string, ...string[]] => [
  model,
  ...fallbackModels.filter((each) => each.trim() !== ''),
];
