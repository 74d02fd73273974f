import { expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { controlledCrew } from '../../../testing/controlledCrew.ts';
import { settledTasks } from './settledTasks.ts';

const idsOf = (graph: CrewGraph) => [...settledTasks(compileGraph(graph, { defaultModel: 'demo/x' }))];

it('are those that no decision can keep from being done', () => {
  // `middle` reads a map, `after` hangs on a router, `later` on what may be skipped; `aside` on neither.
  expect(idsOf(controlledCrew)).toEqual(['first', 'aside']);
});

it('are not what stands behind a condition in a row', () => {
  const graph = CrewGraph.parse({
    nodes: controlledCrew.nodes
      .filter(({ id }) => ['worker', 'first', 'aside', 'last'].includes(id))
      .map((node) =>
        node.kind === 'task' && node.id === 'aside'
          ? { ...node, data: { ...node.data, condition: { path: 'answer.first', op: 'isNotEmpty' } } }
          : node,
      ),
    edges: ['first', 'aside', 'last'].map((to) => ({ id: to, kind: 'assigned', from: 'worker', to })),
  });
  expect(idsOf(graph)).toEqual(['first']);
});
