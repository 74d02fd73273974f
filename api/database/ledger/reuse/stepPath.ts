/** Where a step stands: `step` is its name within its node, such as `think.2`, `judge.1.1` or `think.2/tool.0`. */
export interface StepPlace {
  readonly scope: string;
  readonly nodeId: string;
  readonly step: string;
  readonly generation: number;
}

// The innermost node counts: work that is handed on has its steps below the tool call that hands it on.
const PATH = /^(.+)\/([A-Za-z0-9_-]+)\/(\d+)\/([^/]+(?:\/tool\.\d+)?)$/;

/** Reads what `stepPath` and `toolPath` wrote; null for anything else. */
export function readStepPath(path: string): StepPlace | null {
  const [, scope, nodeId, generation, step] = PATH.exec(path) ?? [];
  if (scope === undefined || nodeId === undefined || step === undefined) return null;
  return { scope, nodeId, step, generation: Number(generation) };
}

/** The same step of the first generation, which is what a fork does: it begins anew. */
export const firstGeneration = (path: string): string => path.replaceAll(/\/\d+(?=\/)/g, '/0');

const TOOL = /^(.+)\/tool\.\d+$/;

/** The model's step that asked for this tool call; null for any other step. */
export const askedBy = (path: string): string | null => TOOL.exec(path)?.[1] ?? null;

/** Numbers as numbers: the tenth turn comes after the second. */
const inOrder = new Intl.Collator('en', { numeric: true });

/** An order of steps by their names alone, for lists of those that nobody saw happen. */
export const comparePaths = (a: string, b: string): number => inOrder.compare(a, b) || (a < b ? -1 : 1);
