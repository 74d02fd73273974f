import type { Size } from '#workflows/graph/layout.ts';
import type { GraphNode } from '#workflows/graph/schema.ts';

const SIZES = {
  task: { width: 222, height: 164 },
  router: { width: 222, height: 100 },
  map: { width: 222, height: 100 },
  loop: { width: 222, height: 100 },
  approval: { width: 222, height: 100 },
  crew: { width: 222, height: 100 },
  wait: { width: 222, height: 100 },
  note: { width: 222, height: 120 },
  group: { width: 222, height: 40 },
} as const satisfies Record<Exclude<GraphNode['kind'], 'agent'>, Size>;

const AGENT_HEIGHT = 46;
// Face, padding, and about seven pixels a letter of 13 px Inter; longer names end in dots.
const AGENT_FRAME = 64;
const LETTER = 7.4;
const WIDEST_AGENT = 222;

/** What a node takes up on the stage: given to React Flow, so that it need not measure. */
export function nodeSize(node: GraphNode): Size {
  if (node.kind !== 'agent') return SIZES[node.kind];
  const letters = Math.max(4, node.data.name.length);
  return { width: Math.min(WIDEST_AGENT, Math.round(AGENT_FRAME + letters * LETTER)), height: AGENT_HEIGHT };
}
