import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { TaskData } from '#workflows/graph/nodes/task.ts';
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

/**
 * Besides, of agents and tasks alone, with tasks that can be told apart by what they say and that write no files: each is
 * one call, or two with tools. The rest of the language is checked crew by crew (languageCrews.ts).
 */
export function runnable(graph: CrewGraph): CrewGraph {
  const { nodes, edges, process } = writable(graph);
  return {
    process: process === 'hierarchical' ? 'sequential' : process,
    edges,
    nodes: nodes.map((node, place) => {
      if (node.kind === 'agent') return { ...node, data: plainAgent(node.data) };
      if (node.kind !== 'task') return node;
      return { ...node, data: plainTask({ ...node.data, description: `Task number ${place}.` }) };
    }),
  };
}

const plainAgent = ({ name, role, goal, backstory, model, temperature, maxTokens, tools }: AgentData) => ({
  ...{ name, role, goal, backstory, model, temperature, maxTokens, tools },
  maxIterations: 25,
});

const plainTask = ({ name, description, expectedOutput, tools, async, context, markdown }: TaskData) => ({
  ...{ name, description, expectedOutput, tools, async, context, markdown },
  outputFile: null,
});
