import { findInputs } from '#workflows/graph/inputs.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';

/** CrewAI’s placeholder, which may be longer than ours and have any name. */
const PLACEHOLDER = /\{([A-Za-z_][A-Za-z0-9_-]*)\}/g;

/**
 * What CrewAI would ask a value for although it is text here, such as `{constructor}`. Given itself as value, it stays
 * text there too.
 */
export function literalsOf(graph: CrewGraph): string[] {
  const inputs = new Set(findInputs(graph));
  const found = graph.nodes.flatMap(({ kind, data }) =>
    Object.values(kind === 'note' ? {} : data).flatMap((text: unknown) =>
      typeof text === 'string' ? [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name) : [],
    ),
  );
  return [...new Set(found)].filter((name) => !inputs.has(name));
}
