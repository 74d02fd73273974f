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

const skills = [{ name: 'cite', description: 'For facts', instructions: 'Name the page.' }];
const graph = drawCrew({
  agents: [{ id: 'ann', name: 'Ann', role: 'Writer', goal: 'Write.', skills }],
  tasks: [{ id: 't1', name: 'T1', agent: 'ann', description: 'Do it.', expectedOutput: 'It.' }],
});
const asking = 't1/t1/0/think.1';

test.each([
  ['it was asked for', asking],
  ['it was given', `${asking}/tool.0`],
])('SIGKILL when a skill is loaded, after %s: nothing is asked again', async (_, path) => {
  house.models.script([
    { match: { promptIncludes: 'Name the page.' }, reply: { text: 'Tea [p. 3].' } },
    { reply: { toolCalls: [{ name: 'load_skill', arguments: { skill_name: 'cite' } }] } },
  ]);
  await house.startWorker({ point: 'recorded', path });
  const simulation = await house.engine.start({ graph, model: 'openai/gpt-4.1-mini' });
  await simulation.event(({ type }) => type === 'simulation.completed');
  expect(house.models.calls).toHaveLength(2);
  const paths = await simulation.select<{ path: string }>(
    `select path from steps where simulation_id = $1 and state = 'completed' order by path`,
  );
  expect(paths.map((step) => step.path)).toEqual([asking, `${asking}/tool.0`, 't1/t1/0/think.2']);
});
