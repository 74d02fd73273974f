import { expect, test } from 'vitest';
import { crewOf } from '../../testing/crewOf.ts';
import { lastMessageOf, messagesOf } from '../../testing/messagesOf.ts';
import { answerAt, pathsOf } from '../../testing/pathsOf.ts';
import { useEngine } from '../../testing/useEngine.ts';

const at = useEngine();
const model = 'openai/gpt-4.1-mini';
const told = ({ prompt }: { prompt: string }) => ({ text: `after ${/Do t\d/.exec(prompt)?.[0]}` });

test('[1.2 output_file] keeps the answer under its name, inputs filled in', async () => {
  const { engine, models } = at();
  models.script(() => ({ text: '# Tea' }));
  const graph = crewOf({ tasks: [{ outputFile: 'notes/{topic}.md' }] });
  const simulation = await engine.start({ graph, model, inputs: { topic: 'tea' } });
  await simulation.ended();
  expect(
    await simulation.select('select name, path, size from simulation_files where simulation_id = $1'),
  ).toEqual([{ name: 'notes/tea.md', path: 't1/t1/0/think.1', size: 5 }]);
});

test('[1.2 context] unset: all answers before are read, with a divider between them', async () => {
  const { engine, models } = at();
  models.script(told);
  const simulation = await engine.start({ graph: crewOf({ tasks: [{}, {}, {}] }), model });
  await simulation.ended();
  expect(lastMessageOf(models.calls[2])).toContain('found before:\nafter Do t1\n\n----------\n\nafter Do t2');
});

test('[1.2 context] none reads nothing, and a list exactly its tasks', async () => {
  const { engine, models } = at();
  models.script(told);
  const graph = crewOf({ tasks: [{}, { context: 'none' }, { reads: ['t1'] }] });
  const simulation = await engine.start({ graph, model });
  await simulation.ended();
  expect(lastMessageOf(models.calls[1])).not.toContain('found before');
  expect(lastMessageOf(models.calls[2])).toMatch(/found before:\nafter Do t1$/);
});

test('[1.2 async_execution] the next task need not wait, and the one after joins both', async () => {
  const { engine, models } = at();
  models.script(({ prompt }) => ({
    ...told({ prompt }),
    ...(prompt.includes('Do t1.') && { hold: 'before' as const }),
  }));
  const graph = crewOf({ tasks: [{ async: true }, { async: true, context: 'none' }, {}] });
  const simulation = await engine.start({ graph, model });
  await models.until((calls) => calls.some(({ prompt, finished }) => prompt.includes('Do t2.') && finished));
  models.release();
  await simulation.ended();
  expect(lastMessageOf(models.calls[2])).toContain('after Do t1\n\n----------\n\nafter Do t2');
});

test('[1.2 name] stands on the task and is not told to the model', async () => {
  const { engine, models } = at();
  const simulation = await engine.start({ graph: crewOf({ tasks: [{ name: 'A-NAME' }] }), model });
  await simulation.ended();
  expect(models.calls[0]?.prompt).not.toContain('A-NAME');
});

test('[1.1 inject_date] is the simulation’s date, in its forks too', async () => {
  const { engine, models } = at();
  const graph = crewOf({ agent: { injectDate: true } });
  const simulation = await engine.start({ graph, model });
  const { clock } = await simulation.ended();
  const [system] = messagesOf(models.calls[0]);
  expect(system).toMatch(new RegExp(`Current Date: ${clock.toISOString().slice(0, 10)}$`));
});

test('arguments that are written badly are read all the same, and what is no JSON is answered', async () => {
  const { engine, models } = at();
  const call = (written: string) => ({ toolCalls: [{ name: 'calculator', arguments: written }] });
  models.script([
    { times: 1, reply: call("{'expression': '6*7',}") },
    { times: 1, reply: call('six times seven') },
    { reply: { text: 'done' } },
  ]);
  const simulation = await engine.start({ graph: crewOf({ agent: { tools: ['calculator'] } }), model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(await answerAt(simulation, 't1/0/think.1/tool.0')).toBe('6*7 = 42');
  expect(await answerAt(simulation, 't1/0/think.2/tool.0')).toContain('not valid JSON');
});

test('an answer of 50 MB fails the step, is not asked for again, and leaves the worker well', async () => {
  const { engine, models } = at();
  models.script([{ times: 1, reply: { length: 50_000_000, chunks: { count: 500 } } }]);
  const simulation = await engine.start({ graph: crewOf({}), model });
  expect((await simulation.ended()).failure).toMatchObject({
    code: 'model.badAnswer',
    path: 't1/t1/0/think.1',
  });
  expect(models.calls).toHaveLength(1);
  expect((await (await engine.start({ graph: crewOf({}), model })).ended()).status).toBe('completed');
});

test('a hundred thousand tool calls in one answer are refused, and none is made', async () => {
  const { engine, models } = at();
  const one = { name: 'calculator', arguments: '{}' };
  models.script([{ times: 1, reply: { toolCalls: Array.from({ length: 100_000 }, () => one) } }]);
  const simulation = await engine.start({ graph: crewOf({ agent: { tools: ['calculator'] } }), model });
  expect((await simulation.ended()).failure).toMatchObject({
    code: 'model.badAnswer',
    message: expect.stringContaining('more tool calls at once than are allowed'),
  });
  expect(await pathsOf(simulation)).toEqual([]);
});
