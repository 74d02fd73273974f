import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { controlIn, drawControls, looped, mapped, routed, taskIn } from '#workflows/graph/controlExamples.ts';
import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
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

const start = (options: Parameters<TestEngine['engine']['start']>[0]) =>
  up.engine.start({ model, ...options });

/** What holds for every simulation that ended: numbers without gaps, one end, and a row that says what events say. */
async function expectTruth(simulation: Started): Promise<readonly SimulationEvent[]> {
  const events = await simulation.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const state = foldEvents(emptyState, events);
  const row = await simulation.row();
  expect(state.status).toBe(row.status);
  expect(row.reservedMicros).toBe(0);
  return events;
}

const endsOf = (events: readonly SimulationEvent[]) =>
  events.flatMap((event) => {
    if (event.type === 'task.completed') return [`${event.data.nodeId} completed`];
    return event.type === 'task.skipped' ? [`${event.data.nodeId} skipped by ${event.data.reason}`] : [];
  });
/** Which task each call was for. */
const asked = () => up.models.calls.map(({ prompt }) => /Do (\w+)/.exec(prompt)?.[1]);

const textOf = async (simulation: Started, path: string): Promise<string | undefined> => {
  const rows = await simulation.select<{ path: string; text: string }>(
    `select path, coalesce(response -> 'text' ->> 'text', contents.text) as text from steps
     left join contents on encode(sha256, 'base64') = translate(response -> 'text' ->> 'ref', '-_', '+/') || '='
     where simulation_id = $1`,
  );
  return rows.find((row) => row.path === path)?.text;
};

describe('a router', () => {
  test('takes one way by its rules; what hangs on the other is skipped, and the join goes on', async () => {
    up.models.script([{ match: { promptIncludes: 'Do start.' }, reply: { text: 'Yes, go.' } }]);
    const simulation = await start({ graph: routed });
    expect((await simulation.ended()).status).toBe('completed');
    expect(asked()).toEqual(['start', 'left', 'leftAfter', 'join']);
    expect(endsOf(await expectTruth(simulation))).toEqual([
      'start completed',
      'way completed',
      'right skipped by branch',
      'left completed',
      'leftAfter completed',
      'join completed',
    ]);
    expect(up.models.calls.at(-1)?.prompt).not.toContain('----------');
  });

  test('takes the other way when no rule holds, and skips all that follows the first', async () => {
    up.models.script([{ match: { promptIncludes: 'Do start.' }, reply: { text: 'No.' } }]);
    const simulation = await start({ graph: routed });
    expect((await simulation.ended()).status).toBe('completed');
    expect(asked()).toEqual(['start', 'right', 'join']);
    expect(endsOf(await expectTruth(simulation))).toContain('leftAfter skipped by branch');
  });

  test('in a sequential crew: what comes after reads all earlier answers but those of the other way', async () => {
    const graph = drawControls(
      [
        taskIn('start'),
        controlIn('router', 'way', {
          outcomes: [{ name: 'Left', rule: { path: 'answer.start', op: 'contains', value: 'yes' } }],
          otherwise: 'Right',
        }),
        taskIn('left'),
        taskIn('right'),
        taskIn('end'),
      ],
      ['start > way', 'way = Left > left', 'way = Right > right'],
      { process: 'sequential' },
    );
    up.models.script((call) => ({ text: `yes, ${/Do (\w+)/.exec(call.prompt)?.[1]}` }));
    const simulation = await start({ graph });
    expect((await simulation.ended()).status).toBe('completed');
    expect(asked()).toEqual(['start', 'left', 'end']);
    expect(up.models.calls.at(-1)?.prompt).toContain('yes, start\n\n----------\n\nyes, left');
    await expectTruth(simulation);
  });

  test('asks a model in a step of its own, and takes what it does not know as otherwise', async () => {
    const graph = drawControls(
      [
        taskIn('start'),
        controlIn('router', 'way', {
          by: 'model',
          question: 'Do way: where to?',
          outcomes: [{ name: 'Left' }, { name: 'Right' }],
          otherwise: 'Right',
          model,
        }),
        taskIn('left'),
        taskIn('right'),
      ],
      ['start > way', 'way = Left > left', 'way = Right > right'],
    );
    up.models.script([{ match: { promptIncludes: 'Do way' }, reply: { text: ' "left". ' } }]);
    const simulation = await start({ graph });
    expect((await simulation.ended()).status).toBe('completed');
    expect(asked()).toEqual(['start', 'way', 'left']);
    const steps = await simulation.select<{ path: string; kind: string; cost: number }>(
      `select path, kind, cost_micros as cost from steps where simulation_id = $1 and path = 't1/way/0/route'`,
    );
    expect(steps).toEqual([{ path: 't1/way/0/route', kind: 'model', cost: expect.any(Number) }]);
    expect(steps[0]?.cost).toBeGreaterThan(0);

    up.models.reset();
    up.models.script([{ match: { promptIncludes: 'Do way' }, reply: { text: 'neither' } }]);
    await (await start({ graph })).ended();
    expect(asked()).toEqual(['start', 'way', 'right']);
  });
});

test('a task whose condition does not hold is skipped with an empty answer, as in CrewAI', async () => {
  const graph = drawControls(
    [
      taskIn('start'),
      taskIn('extra', undefined, { condition: { path: 'answer.start', op: 'contains', value: 'more' } }),
      taskIn('end'),
    ],
    ['start > extra', 'start > end', 'extra > end'],
  );
  up.models.script([{ match: { promptIncludes: 'Do start.' }, reply: { text: 'That is all.' } }]);
  const simulation = await start({ graph });
  expect((await simulation.ended()).status).toBe('completed');
  expect(asked()).toEqual(['start', 'end']);
  expect(up.models.calls[1]?.prompt).toContain('That is all.\n\n----------\n\n');
  expect(endsOf(await expectTruth(simulation))).toContain('extra skipped by condition');
});

describe('a map', () => {
  test('does its inside for each item, told which it is, and answers with the list', async () => {
    up.models.script((call) => {
      if (call.prompt.includes('Do list.')) return { text: '["ant", {"name": "bee"}, "ant"]' };
      const number = /number (\d)/.exec(call.prompt)?.[1];
      return number && call.prompt.includes('Do judge') ? { text: `{"at": ${number}}` } : undefined;
    });
    const simulation = await start({ graph: mapped() });
    expect((await simulation.ended()).status).toBe('completed');
    expect(asked()).toHaveLength(8);
    const prompts = up.models.calls.map(({ prompt }) => prompt);
    expect(prompts.filter((prompt) => prompt.includes('Do read of ant, number 1.'))).toHaveLength(1);
    expect(prompts.filter((prompt) => prompt.includes('Do read of {"name":"bee"}, number 2.'))).toHaveLength(
      1,
    );
    expect(prompts.filter((prompt) => prompt.includes('Do read of ant, number 3.'))).toHaveLength(1);
    expect(prompts.at(-1)).toContain('[{"at":1},{"at":2},{"at":3}]');
    const events = await expectTruth(simulation);
    expect(endsOf(events).filter((end) => end === 'judge completed')).toHaveLength(3);
    expect(events.find(({ type }) => type === 'task.failed')).toBeUndefined();
  });

  test('does no more items at once than it may', async () => {
    up.models.script((call) => {
      if (call.prompt.includes('Do list.')) return { text: '- a\n- b\n- c\n- d\n' };
      return call.prompt.includes('Do read of') ? { hold: 'before' } : undefined;
    });
    const simulation = await start({ graph: mapped({ concurrency: 2 }, ['read']) });
    await up.models.until((calls) => calls.filter(({ state }) => state === 'held').length === 2);
    expect(asked()).toEqual(['list', 'read', 'read']);
    up.models.script(() => ({ text: 'done' }));
    up.models.release();
    expect((await simulation.ended()).status).toBe('completed');
    expect(asked()).toHaveLength(6);
  });

  test('an item that fails keeps no other from ending, and a retry does it alone', async () => {
    const broken = ['c', 'e'];
    up.models.script((call) => {
      if (call.prompt.includes('Do list.')) return { text: 'a\nb\nc\nd\ne\nf' };
      const item = /Do read of (\w)/.exec(call.prompt)?.[1] ?? '';
      return broken.includes(item) ? { status: 401 } : { text: `read ${item}` };
    });
    const simulation = await start({ graph: mapped({ concurrency: 2 }, ['read']) });
    const failed = await simulation.ended();
    expect(failed.status).toBe('failed');
    expect(failed.failure).toMatchObject({
      code: 'map.itemsFailed',
      path: expect.stringContaining('/each/0/item.'),
    });
    expect(asked()).toHaveLength(7);
    const state = foldEvents(emptyState, await expectTruth(simulation));
    expect(state.nodes.each?.status).toBe('failed');
    broken.length = 0;
    await simulation.retry();
    expect((await simulation.ended()).status).toBe('completed');
    expect(asked()).toHaveLength(10);
    expect(up.models.calls.at(-1)?.prompt).toContain(
      '["read a","read b","read c","read d","read e","read f"]',
    );
    await expectTruth(simulation);
  });

  test('leaves out what failed when it is told to', async () => {
    up.models.script((call) => {
      if (call.prompt.includes('Do list.')) return { text: '["a","b","c"]' };
      return call.prompt.includes('Do read of b') ? { status: 401 } : { text: 'read' };
    });
    const simulation = await start({ graph: mapped({ onFailure: 'leaveOut' }, ['read']) });
    expect((await simulation.ended()).status).toBe('completed');
    expect(up.models.calls.at(-1)?.prompt).toContain('["read","read"]');
  });

  test('fails on a list that is too long, and does nothing for none', async () => {
    up.models.script([{ match: { promptIncludes: 'Do list.' }, reply: { text: '["a","b","c"]' } }]);
    const long = await start({ graph: mapped({ maxItems: 2 }) });
    expect((await long.ended()).failure).toMatchObject({ code: 'limit.exceeded', path: 't1/each/0/items' });
    up.models.reset();
    up.models.script([{ match: { promptIncludes: 'Do list.' }, reply: { text: '[]' } }]);
    const none = await start({ graph: mapped() });
    expect((await none.ended()).status).toBe('completed');
    expect(asked()).toEqual(['list', 'sum']);
  });
});

describe('a loop', () => {
  test('goes on, told its round and the answer before, until its rule holds', async () => {
    up.models.script((call) => {
      if (!call.prompt.includes('Do write')) return undefined;
      return { text: call.prompt.includes('round 3') ? 'good at last' : `bad ${up.models.calls.length}` };
    });
    const simulation = await start({ graph: looped() });
    expect((await simulation.ended()).status).toBe('completed');
    expect(asked()).toEqual(['write', 'write', 'write', 'end']);
    const [first, second] = up.models.calls;
    expect(first?.prompt).toContain('round 1, after "".');
    expect(second?.prompt).toContain('round 2, after "bad 1".');
    expect(up.models.calls.at(-1)?.prompt).toContain('good at last');
    const events = await expectTruth(simulation);
    expect(endsOf(events).at(-2)).toBe('again completed');
  });

  test('goes on with the last answer after all its rounds, or fails, as it is told', async () => {
    up.models.script([{ match: { promptIncludes: 'Do write' }, reply: { text: 'bad' } }]);
    const goesOn = await start({ graph: looped({ maxRounds: 2 }) });
    expect((await goesOn.ended()).status).toBe('completed');
    expect(asked()).toEqual(['write', 'write', 'end']);
    const fails = await start({ graph: looped({ maxRounds: 2, atMost: 'fail' }) });
    expect((await fails.ended()).failure).toMatchObject({ code: 'limit.exceeded' });
    await expectTruth(fails);
  });

  test('in a map: rounds belong to their item', async () => {
    const graph = drawControls(
      [
        taskIn('list'),
        controlIn('map', 'each', { items: 'answer.list' }),
        controlIn('loop', 'again', { maxRounds: 2 }, 'each'),
        taskIn('write', 'again', { description: 'Do write for {item}, round {round}, after "{previous}".' }),
        taskIn('sum'),
      ],
      ['list > each', 'each > sum'],
    );
    up.models.script((call) => {
      if (call.prompt.includes('Do list.')) return { text: '["a","b"]' };
      const [, item, round] = /for (\w), round (\d)/.exec(call.prompt) ?? [];
      return item ? { text: `${item}${round}` } : undefined;
    });
    const simulation = await start({ graph });
    expect((await simulation.ended()).status).toBe('completed');
    const prompts = up.models.calls.map(({ prompt }) => prompt);
    expect(prompts.some((prompt) => prompt.includes('for b, round 2, after "b1".'))).toBe(true);
    expect(prompts.at(-1)).toContain('["a2","b2"]');
    await expectTruth(simulation);
  });
});

test('a wait is shown with its end, and is over by itself', async () => {
  const graph = drawControls(
    [taskIn('start'), controlIn('wait', 'pause', { seconds: 1 }), taskIn('end')],
    ['start ~ pause', 'pause ~ end'],
  );
  const simulation = await start({ graph });
  const waiting = await simulation.event(({ type }) => type === 'simulation.waiting');
  expect(waiting.data).toMatchObject({ waitingFor: { kind: 'time', until: expect.any(String) } });
  expect((await simulation.ended()).status).toBe('completed');
  const [before, after] = up.models.calls;
  expect((after?.at ?? 0) - (before?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
  expect(await textOf(simulation, 't1/pause/0/wait')).toMatch(/Z$/);
  await expectTruth(simulation);
});

const longWait = drawControls(
  [taskIn('start'), controlIn('wait', 'pause', { seconds: 3_600 }), taskIn('end')],
  ['start ~ pause', 'pause ~ end'],
);

test('a simulation that only waits can be paused, resumed and cancelled', async () => {
  const simulation = await start({ graph: longWait });
  await simulation.event(({ type }) => type === 'simulation.waiting');
  await simulation.command('pause');
  await simulation.event(({ type }) => type === 'simulation.paused');
  await simulation.command('resume');
  await simulation.event(({ type }) => type === 'simulation.resumed');
  const waits = async () =>
    (await simulation.events()).filter(({ type }) => type === 'simulation.waiting').length;
  await expect.poll(waits).toBe(2);
  await simulation.command('cancel');
  expect((await simulation.ended()).status).toBe('cancelled');
  const state = foldEvents(emptyState, await expectTruth(simulation));
  expect(state.nodes.pause?.status).toBe('cancelled');
});

test('a failure beside a wait ends it; a retry waits for what is left', async () => {
  const graph = drawControls(
    [taskIn('start'), controlIn('wait', 'pause', { seconds: 2 }), taskIn('beside'), taskIn('end')],
    ['start ~ pause', 'start ~ beside', 'pause ~ end', 'beside > end'],
  );
  let isBroken = true;
  up.models.script((call) =>
    isBroken && call.prompt.includes('Do beside.') ? { status: 401 } : { text: 'done' },
  );
  const simulation = await start({ graph });
  expect((await simulation.ended()).status).toBe('failed');
  isBroken = false;
  await simulation.retry();
  expect((await simulation.ended()).status).toBe('completed');
  expect(asked()).toEqual(['start', 'beside', 'beside', 'end']);
  const moments = await simulation.select<{ count: number }>(
    `select count(*)::integer as count from steps where simulation_id = $1 and path = 't1/pause/0/wait'`,
  );
  expect(moments).toEqual([{ count: 1 }]);
  await expectTruth(simulation);
});

test('a loop that failed goes on with the round that failed', async () => {
  let isBroken = true;
  up.models.script((call) => {
    const round = Number(/round (\d)/.exec(call.prompt)?.[1] ?? 0);
    if (round === 3 && isBroken) return { status: 401 };
    return { text: round === 4 ? 'good' : 'bad' };
  });
  const simulation = await start({ graph: looped() });
  expect((await simulation.ended()).failure).toMatchObject({ path: 't1/again/0/round.3/write/0/think.1' });
  isBroken = false;
  await simulation.retry();
  expect((await simulation.ended()).status).toBe('completed');
  expect(asked()).toEqual(['write', 'write', 'write', 'write', 'write', 'end']);
  await expectTruth(simulation);
});

test('skipped ways, conditions and routers stay as they were decided after a retry', async () => {
  let isBroken = true;
  up.models.script((call) => {
    if (call.prompt.includes('Do join.') && isBroken) return { status: 401 };
    return { text: call.prompt.includes('Do start.') ? 'yes' : 'done' };
  });
  const simulation = await start({ graph: routed });
  expect((await simulation.ended()).status).toBe('failed');
  isBroken = false;
  await simulation.retry();
  expect((await simulation.ended()).status).toBe('completed');
  expect(asked()).toEqual(['start', 'left', 'leftAfter', 'join', 'join']);
  const { nodes } = foldEvents(emptyState, await expectTruth(simulation));
  expect(nodes.right?.status).toBe('skipped');
});
