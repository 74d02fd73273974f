import { stepPath } from '#workflows/names.ts';

/** Of a step of a node where it is done. */
export const innerPath = (
  { scope }: { readonly scope: string },
  { nodeId }: { readonly nodeId: string },
  step: string,
): string => stepPath(scope, nodeId, step);
