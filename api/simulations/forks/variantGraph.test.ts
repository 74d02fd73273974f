import { expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { diamond } from '#workflows/graph/examples.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { hasErrors, validateGraph } from '#workflows/graph/validate.ts';
import { drawVariant } from './variantGraph.ts';

it('gives a shared agent a double for the one task, so that nothing else is asked otherwise', () => {
  const change = { model: 'openai/gpt-4.1', agent: { goal: 'Another' } };
  const { graph, changes } = drawVariant({ graph: diamond, taskId: 'left', change, number: 2 });
  expect(hasErrors(validateGraph(CrewGraph.parse(graph)))).toBe(false);
  const plan = compileGraph(graph, { defaultModel: 'demo/x' });
  expect(plan.tasks.map((task) => [task.nodeId, task.agentId])).toEqual([
    ['start', 'worker'],
    ['left', 'worker-variant-2'],
    ['right', 'worker'],
    ['join', 'worker'],
  ]);
  expect(plan.agents.find(({ nodeId }) => nodeId === 'worker-variant-2')).toMatchObject({
    name: 'Worker (variant 2)',
    model: 'openai/gpt-4.1',
    goal: 'Another',
    role: 'Worker',
  });
  expect(changes).toMatchObject([
    { nodeId: 'worker', field: 'goal' },
    { nodeId: 'worker', field: 'model' },
  ]);
});

it('finds another id when the double’s is taken', () => {
  const draw = (graph: CrewGraph, taskId: string) =>
    drawVariant({ graph, taskId, change: { temperature: 1 }, number: 1 }).graph;
  const graph = draw(draw(diamond, 'left'), 'right');
  expect(graph.nodes.map(({ id }) => id).filter((id) => id.startsWith('worker'))).toEqual([
    'worker',
    'worker-variant-1-2',
    'worker-variant-1',
  ]);
});

it('changes the task alone, or nothing, as it is told', () => {
  const change = { task: { description: 'Do it well.' } };
  const { graph, changes } = drawVariant({ graph: diamond, taskId: 'left', change, number: 1 });
  expect(graph.nodes).toHaveLength(diamond.nodes.length);
  expect(changes).toMatchObject([{ nodeId: 'left', field: 'description' }]);
  const same = drawVariant({ graph: diamond, taskId: 'left', change: { temperature: null }, number: 1 });
  expect(same).toEqual({ graph: diamond, changes: [] });
});
