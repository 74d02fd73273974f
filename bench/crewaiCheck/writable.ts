import type { CrewGraph } from '#workflows/graph/schema.ts';

/** What CrewAI’s own rules for names of files refuse, and our validation too, but for braces. */
const REFUSED = /\.\.|[~$|><&;\\{}\p{Cc}]/gu;

/** The same crew with a model that needs no further package, and names of files that CrewAI takes. */
export const writable = (graph: CrewGraph): CrewGraph => ({
  ...graph,
  nodes: graph.nodes.map((node) => {
    if (node.kind === 'agent') {
      const model = node.data.model === '' ? '' : 'openai/gpt-4.1';
      return { ...node, data: { ...node.data, model } };
    }
    if (node.kind !== 'task') return node;
    const outputFile = node.data.outputFile?.replace(REFUSED, '').trim().replace(/^\/+/, '') || null;
    return { ...node, data: { ...node.data, outputFile } };
  }),
});

/** Besides, with tasks that can be told apart by what they say, and that write no files. */
export function runnable(graph: CrewGraph): CrewGraph {
  const nodes = writable(graph).nodes.map((node, place) => {
    if (node.kind === 'agent') return { ...node, data: { ...node.data, maxIterations: 25 } };
    if (node.kind !== 'task') return node;
    return { ...node, data: { ...node.data, description: `Task number ${place}.`, outputFile: null } };
  });
  return { ...graph, nodes };
}
