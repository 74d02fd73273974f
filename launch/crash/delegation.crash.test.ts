import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { drawCrew } from '#workflows/graph/draw.ts';
import { CrashHouse } from './CrashHouse.ts';

const house = new CrashHouse();
beforeAll(() => house.open());
afterEach(async () => {
  await house.killWorker();
  house.models.reset();
});
afterAll(() => house.close());

const graph = drawCrew({
  process: 'hierarchical',
  agents: [
    { id: 'ann', name: 'Ann', role: 'Researcher', goal: 'Know.', backstory: 'You know.' },
    { id: 'bob', name: 'Bob', role: 'Writer', goal: 'Write.', backstory: 'You write.' },
  ],
  tasks: [{ id: 't1', name: 'T1', description: 'Do it.', expectedOutput: 'It.' }],
});
const model = 'openai/gpt-4.1-mini';

const handOn = (coworker: string, task: string) => ({
  name: 'delegate_work_to_coworker',
  arguments: { task, context: '', coworker },
});

/** First the one, then the other, then the answer. */
function script(): void {
  house.models.script([
    { match: { promptIncludes: 'You know.' }, reply: { text: 'Facts.' } },
    { match: { promptIncludes: 'You write.' }, reply: { text: 'Prose.' } },
    { match: { promptIncludes: 'Prose.' }, reply: { text: 'Facts in prose.' } },
    { match: { promptIncludes: 'Facts.' }, reply: { toolCalls: [handOn('Writer', 'Write it.')] } },
    { reply: { toolCalls: [handOn('Researcher', 'Find it.')] } },
  ]);
}

test.each([
  ['the first coworker has answered', 't1/t1/0/think.1/tool.0/ann/0/think.1'],
  ['the first delegation is over', 't1/t1/0/think.1/tool.0'],
  ['the manager wants the second', 't1/t1/0/think.2'],
])('SIGKILL between two delegations, when %s: nothing is asked again', async (_, path) => {
  script();
  await house.startWorker({ point: 'recorded', path });
  const simulation = await house.engine.start({ graph, model });
  await simulation.event(({ type }) => type === 'simulation.completed');
  expect(house.models.calls).toHaveLength(5);
  const paths = await simulation.select<{ path: string }>(
    `select path from steps where simulation_id = $1 and state = 'completed' order by path`,
  );
  expect(paths).toHaveLength(7);
  const events = await simulation.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_each, index) => index + 1));
});
