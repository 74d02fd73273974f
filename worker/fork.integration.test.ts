import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { controlledCrew } from '#api/testing/controlledCrew.ts';
import { controlIn, drawControls, mapped, taskIn } from '#workflows/graph/controlExamples.ts';
import { chain, diamond, toolDiamond } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import type { Started } from './testing/engine.ts';
import { setUpEngine, type TestEngine } from './testing/setUpEngine.ts';

const model = 'openai/gpt-4.1-mini';
let up: TestEngine;
beforeAll(async () => {
  up = await setUpEngine();
});
afterEach(() => up.models.reset());
afterAll(() => up.tearDown());

/** The same crew with a task told otherwise. */
const retold = (graph: CrewGraph, id: string, description: string): CrewGraph => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    node.kind === 'task' && node.id === id ? { ...node, data: { ...node.data, description } } : node,
  ),
});

async function run(options: Parameters<TestEngine['engine']['start']>[0]): Promise<Started> {
  const simulation = await up.engine.start({ model, ...options });
  expect((await simulation.ended()).status).toBe('completed');
  return simulation;
}

const reusedOf = (simulation: Started) =>
  simulation.select<{ path: string; reused: boolean; cost: number }>(
    `select path, reused_from is not null as reused, cost_micros as cost from steps
     where simulation_id = $1 order by path`,
  );

/** What followers are told of what was taken over: its model or its tool, by path. */
async function namesOfReused(simulation: Started) {
  const { steps } = foldEvents(emptyState, await simulation.events());
  const reused = Object.values(steps).filter(({ isReused }) => isReused);
  return Object.fromEntries(reused.map(({ path, model, tool }) => [path, tool ?? model]));
}

const eventsText = async (simulation: Started) => JSON.stringify(await simulation.events());

test('a fork without changes takes everything over and calls nobody', async () => {
  const parent = await run({ graph: diamond });
  const before = await eventsText(parent);
  const fork = await run({ graph: diamond, fork: { of: parent } });
  expect(up.models.calls).toHaveLength(4);
  expect(await reusedOf(fork)).toEqual(
    ['join', 'left', 'right', 'start'].map((id) => ({ path: `t1/${id}/0/think.1`, reused: true, cost: 0 })),
  );
  expect((await fork.row()).outputPath).toBe('t1/join/0/think.1');
  expect(await eventsText(parent)).toBe(before);
  const events = await fork.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
});

test('a changed task in a diamond pays for it and for what reads it', async () => {
  const parent = await run({ graph: diamond });
  const changed = retold(diamond, 'left', 'Do left otherwise.');
  const fork = await run({ graph: changed, fork: { of: parent } });
  expect(up.models.calls).toHaveLength(6);
  const steps = await reusedOf(fork);
  expect(steps.filter(({ reused }) => reused).map(({ path }) => path)).toEqual([
    't1/right/0/think.1',
    't1/start/0/think.1',
  ]);
  // A fork of the fork finds what the fork took over and what it paid for.
  await run({ graph: changed, fork: { of: fork } });
  expect(up.models.calls).toHaveLength(6);
  await run({ graph: retold(changed, 'right', 'Do right otherwise.'), fork: { of: fork } });
  expect(up.models.calls).toHaveLength(8);
});

test('what comes out the same again is taken over after the change too', async () => {
  up.models.script((call) => ({ text: call.prompt.includes('Do t2') ? 'always this' : `answer ${call.n}` }));
  const parent = await run({ graph: chain(4) });
  const fork = await run({ graph: retold(chain(4), 't2', 'Do t2, please.'), fork: { of: parent } });
  // t2 was asked anew and answered the same, so t3 and t4 read what they had read.
  expect(up.models.calls).toHaveLength(5);
  expect(await namesOfReused(fork)).toEqual({
    't1/t1/0/think.1': model,
    't1/t3/0/think.1': model,
    't1/t4/0/think.1': model,
  });
});

test('what the user wants anew runs anew, though nothing changed', async () => {
  const parent = await run({ graph: chain(3) });
  up.models.script((call) => ({ text: `another answer, ${call.n}` }));
  const fork = await run({ graph: chain(3), fork: { of: parent, rerun: ['t1/t2/0/think.1'] } });
  expect(up.models.calls).toHaveLength(5);
  expect((await reusedOf(fork)).map(({ reused }) => reused)).toEqual([true, false, false]);
});

test('what had not ended at the chosen moment runs anew', async () => {
  const parent = await run({ graph: chain(3) });
  const ended = (await parent.events()).find(
    ({ type, data }) => type === 'task.completed' && 'nodeId' in data,
  );
  await run({ graph: chain(3), fork: { of: parent, untilSeq: ended?.seq } });
  expect(up.models.calls).toHaveLength(5);
});

test('turns of a tool loop are taken over one by one', async () => {
  const script = (answer: string) =>
    up.models.script((call) =>
      JSON.stringify(call.body).includes('"tools"') && !call.prompt.includes('42')
        ? { toolCalls: [{ name: 'calculator', arguments: { expression: '17 + 25' } }] }
        : { text: answer },
    );
  script('the sum');
  const parent = await run({ graph: toolDiamond });
  const calls = up.models.calls.length;
  script('told anew');
  const fork = await run({ graph: toolDiamond, fork: { of: parent, rerun: ['t1/left/0/think.2'] } });
  // The last turn of the loop and the join that reads it.
  expect(up.models.calls).toHaveLength(calls + 2);
  const steps = await reusedOf(fork);
  expect(steps.filter(({ reused }) => !reused).map(({ path }) => path)).toEqual([
    't1/join/0/think.1',
    't1/left/0/think.2',
  ]);
  expect(await namesOfReused(fork)).toMatchObject({
    't1/left/0/think.1': model,
    't1/left/0/think.1/tool.0': 'calculator',
  });
});

test('a fork of a simulation that still runs takes over what has ended, and leaves it alone', async () => {
  up.models.script((call) =>
    call.prompt.includes('Do t2.') ? { hold: 'before', text: 'second' } : undefined,
  );
  const parent = await up.engine.start({ graph: chain(3), model });
  await up.models.until((calls) => calls.some(({ state }) => state === 'held'));
  const fork = await up.engine.start({
    graph: retold(chain(3), 't2', 'Do t2 otherwise.'),
    model,
    fork: { of: parent },
  });
  expect((await fork.ended()).status).toBe('completed');
  up.models.release();
  expect((await parent.ended()).status).toBe('completed');
  expect((await reusedOf(fork)).map(({ reused }) => reused)).toEqual([true, false, false]);
  expect(up.models.calls).toHaveLength(5);
});

test('a fork that failed goes on when it is retried, and nothing is taken over twice', async () => {
  const parent = await run({ graph: chain(4) });
  up.models.script((call) => (call.prompt.includes('Do t3 otherwise.') ? { status: 400 } : undefined));
  const fork = await up.engine.start({
    graph: retold(chain(4), 't3', 'Do t3 otherwise.'),
    model,
    fork: { of: parent },
  });
  expect((await fork.ended()).status).toBe('failed');
  up.models.script(() => ({ text: 'Now it works.' }));
  await fork.retry();
  expect((await fork.ended()).status).toBe('completed');
  expect((await reusedOf(fork)).map(({ reused }) => reused)).toEqual([true, true, false, false]);
  const events = await fork.events();
  expect(events.filter(({ type }) => type === 'step.reused')).toHaveLength(2);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
});

test('a fork of a crew that decides and repeats pays only for what changed, and decides for free', async () => {
  up.models.script((call) =>
    call.prompt.includes('Do list.') ? { text: '["a","b","c"]' } : { text: `answer to call ${call.n}` },
  );
  const parent = await run({ graph: mapped() });
  expect(up.models.calls).toHaveLength(8);
  const same = await run({ graph: mapped(), fork: { of: parent } });
  expect(up.models.calls).toHaveLength(8);
  expect((await same.row()).outputPath).toBe('t1/sum/0/think.1');
  // The second of the two tasks inside is told otherwise: three calls, and what reads them.
  await run({ graph: retold(mapped(), 'judge', 'Do judge of {item} otherwise.'), fork: { of: parent } });
  expect(up.models.calls).toHaveLength(12);
});

test('a wait that the parent has waited is not waited for again', async () => {
  const graph = drawControls(
    [taskIn('start'), controlIn('wait', 'pause', { seconds: 2 }), taskIn('end')],
    ['start ~ pause', 'pause ~ end'],
  );
  const parent = await run({ graph });
  const fork = await run({ graph: retold(graph, 'end', 'Do end otherwise.'), fork: { of: parent } });
  const types = (await fork.events()).map(({ type }) => type);
  expect(types).not.toContain('simulation.waiting');
  expect(up.models.calls).toHaveLength(3);
});

test('of a crew with maps and branches no more is paid than what hangs on the change', async () => {
  up.models.script((call) => ({
    text: call.prompt.includes('Do first.') ? '["tea","milk"]' : `answer ${call.n}`,
  }));
  const parent = await run({ graph: controlledCrew });
  // Two items of two tasks each, and one of two branches.
  expect(up.models.calls).toHaveLength(9);
  const same = await run({ graph: controlledCrew, fork: { of: parent } });
  expect(up.models.calls).toHaveLength(9);
  expect((await same.row()).outputPath).toBe('t1/last/0/think.1');
  // What is judged is told otherwise: two calls, and the one that reads what came of it. The branch reads nothing.
  const graph = retold(controlledCrew, 'judge', 'Judge {item}.');
  const fork = await run({ graph, fork: { of: parent } });
  expect(up.models.calls).toHaveLength(12);
  const paid = (await reusedOf(fork)).filter(({ path, reused }) => !reused && path.includes('think'));
  expect(paid.map(({ path }) => path.split('/').at(-3))).toEqual(['judge', 'judge', 'middle']);
});

test('a person’s words count inside a map, where the same is asked at the same place', async () => {
  up.models.script((call) => ({
    text: call.prompt.includes('Do first.') ? '["tea","milk"]' : `answer ${call.n}`,
  }));
  const parent = await run({ graph: controlledCrew });
  const [place] = await parent.select<{ path: string }>(
    `select path from steps where simulation_id = $1 and node_id = 'judge' order by path limit 1`,
  );
  const path = place?.path ?? '';
  const answers = [{ path, text: { text: 'I say so.' }, isEmpty: false }];
  const fork = await run({ graph: controlledCrew, fork: { of: parent, answers } });
  expect(up.models.calls).toHaveLength(10);
  expect(up.models.calls.some(({ prompt }) => prompt.includes('I say so.'))).toBe(true);
  const said = (await reusedOf(fork)).find((step) => step.path === path);
  expect(said).toEqual({ path, reused: false, cost: 0 });
});
