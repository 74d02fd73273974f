import { afterAll, beforeAll, expect, test } from 'vitest';
import { chain } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { workflowIdOf } from '#workflows/names.ts';
import { readableHistory } from './testing/decodedHistory.ts';
import type { Started } from './testing/engine.ts';
import { setUpEngine, type TestEngine } from './testing/setUpEngine.ts';

let house: TestEngine;
beforeAll(async () => {
  house = await setUpEngine();
});
afterAll(() => house.tearDown());

const SAID = [
  'Secretive Mayor',
  'hidden-agenda',
  'Kaffeehaus',
  'Write about {hidden_topic}',
  'hidden_topic',
  'Test',
];

const { nodes, ...crew } = chain(2);
const graph: CrewGraph = {
  ...crew,
  nodes: nodes.map((node) => {
    if (node.kind === 'agent')
      return { ...node, data: { ...node.data, name: 'Secretive Mayor', role: 'Secretive Mayor' } };
    if (node.kind !== 'task') return node;
    return {
      ...node,
      data: { ...node.data, name: 'hidden-agenda', description: 'Write about {hidden_topic}' },
    };
  }),
};

async function historyOf({ id }: Started): Promise<string> {
  const history = await house.engine.client.workflow.getHandle(workflowIdOf(id)).fetchHistory();
  return readableHistory(history);
}

test.each([200, 401])('Temporal is told no text of a simulation that got %i', async (status) => {
  house.models.script(() =>
    status === 200 ? { text: 'Kaffeehaus' } : { status, error: { message: 'Kaffeehaus' } },
  );
  const simulation = await house.engine.start({
    graph,
    model: 'openai/gpt-4.1-mini',
    inputs: { hidden_topic: 'Kaffeehaus' },
  });
  const { status: ended } = await simulation.ended();
  expect(ended).toBe(status === 200 ? 'completed' : 'failed');
  const history = await historyOf(simulation);
  expect(history.length).toBeGreaterThan(1_000);
  for (const words of [...SAID, 'does not accept the key', 'sequential'])
    expect(history).not.toContain(words);
  expect(history).toContain('binary/encrypted');
  expect(history).not.toContain('json/plain');
});
