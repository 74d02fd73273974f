/** Where a step stands in the loop of its task. `tool` is null for a model step. */
export interface StepPlace {
  readonly nodeId: string;
  readonly iteration: number;
  readonly tool: number | null;
}

const PATH = /^t1\/([A-Za-z0-9_-]+)\/0\/think\.(\d{1,6})(?:\/tool\.(\d{1,6}))?$/;

/** Reads what `thinkPath` and `toolPath` wrote; null for anything else. */
export function readStepPath(path: string): StepPlace | null {
  const [, nodeId, iteration, tool] = PATH.exec(path) ?? [];
  if (nodeId === undefined) return null;
  return { nodeId, iteration: Number(iteration), tool: tool === undefined ? null : Number(tool) };
}

/** Order of the steps of one task: a turn of the model, the tools it asked for, the next turn. */
export const comparePlaces = (a: StepPlace, b: StepPlace): number =>
  a.iteration - b.iteration || (a.tool ?? -1) - (b.tool ?? -1);
