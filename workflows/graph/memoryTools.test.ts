import { expect, test } from 'vitest';
import { compileGraph } from './compile.ts';
import { chain } from './examples.ts';
import type { CrewGraph } from './schema.ts';

const toolsOf = (graph: CrewGraph) => compileGraph(graph, { defaultModel: 'demo/x' }).tasks[0]?.tools;
const withMemory = (memory: boolean | undefined, ofCrew?: boolean): CrewGraph => {
  const graph = chain(1);
  return {
    ...graph,
    ...(ofCrew !== undefined && { settings: { memory: ofCrew } }),
    nodes: graph.nodes.map((node) =>
      node.kind === 'agent' ? { ...node, data: { ...node.data, tools: ['calculator'], memory } } : node,
    ),
  };
};
const MEMORY = ['calculator', 'memory_search', 'memory_save'];

test('whoever remembers may look things up and keep them, and the agent’s word counts before the crew’s', () => {
  expect(toolsOf(withMemory(true))).toEqual(MEMORY);
  expect(toolsOf(withMemory(undefined, true))).toEqual(MEMORY);
  expect(toolsOf(withMemory(false, true))).toEqual(['calculator']);
  expect(toolsOf(withMemory(undefined))).toEqual(['calculator']);
});
