import { QueryTypes, Sequelize } from 'sequelize';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Started } from '#worker/testing/engine.ts';
import { chain, toolDiamond } from '#workflows/graph/examples.ts';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { type Crash, CrashHouse } from './CrashHouse.ts';

const house = new CrashHouse();
beforeAll(() => house.open());
afterEach(async () => {
  await house.killWorker();
  house.models.reset();
});
afterAll(() => house.close());

const dialects = [
  { dialect: 'openai', model: 'openai/gpt-4.1-mini' },
  { dialect: 'anthropic', model: 'anthropic/claude-haiku-4-5' },
] as const;

/** One prompt is one step: the model server's calls, counted by step. */
const PATH_OF = [
  ['Do start.', 't1/start/0/think.1'],
  ['Do left.', 't1/left/0/think.1'],
  ['Do right.', 't1/right/0/think.1'],
  ['Do join.', 't1/join/0/think.1'],
] as const;

/** `left` uses the calculator once; everything else answers at once, or as the test says. */
function script(held: { includes: string; hold: 'before' | 'half' } | null): void {
  house.models.script((call) => {
    const asksLeft = call.prompt.includes('Do left.');
    const hasResult = call.prompt.includes('42');
    const reply =
      held && call.prompt.includes(held.includes) && !call.prompt.includes('42') ? { hold: held.hold } : {};
    if (asksLeft && !hasResult)
      return { ...reply, toolCalls: [{ name: 'calculator', arguments: { expression: '17 + 25' } }] };
    return { ...reply, text: `An answer long enough to be kept as a content of its own, to call ${call.n}.` };
  });
}

function callsByStep(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { prompt } of house.models.calls) {
    const [, path = '?'] = PATH_OF.find(([text]) => prompt.includes(text)) ?? [];
    const at = path.includes('/left/') && prompt.includes('42') ? 't1/left/0/think.2' : path;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

const once = {
  't1/start/0/think.1': 1,
  't1/left/0/think.1': 1,
  't1/left/0/think.2': 1,
  't1/right/0/think.1': 1,
  't1/join/0/think.1': 1,
};

/** What must hold after any crash: it completed by itself, without gaps, and the ledger agrees with the model server. */
async function expectWhole(simulation: Started): Promise<void> {
  const events = await simulation.events();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)?.type).toBe('simulation.completed');
  const state = foldEvents(emptyState, events);
  expect(Object.values(state.nodes).map(({ status }) => status)).toEqual(
    Object.values(state.nodes).map(() => 'completed'),
  );
  const steps = await simulation.select<{ state: string; calls: number }>(
    `select state, (select count(*) from calls where calls.simulation_id = steps.simulation_id
       and calls.path = steps.path and calls.state = 'answered')::integer as calls
     from steps where simulation_id = $1`,
  );
  expect(steps).toEqual(steps.map(() => ({ state: 'completed', calls: 1 })));
  const row = await simulation.row();
  expect(row.reservedMicros).toBe(0);
}

const ended = (simulation: Started) => simulation.event(({ type }) => type === 'simulation.completed');

describe.each(dialects)('SIGKILL of the worker, over $dialect', ({ model }) => {
  test.each<{ title: string; crash: Crash; calls: Record<string, number> }>([
    {
      title: 'before a call: it is made once',
      crash: { point: 'beforeCall', path: 't1/join/0/think.1' },
      calls: once,
    },
    {
      title: 'with an answer received and not recorded: that one call is made again',
      crash: { point: 'answerReceived', path: 't1/left/0/think.1' },
      calls: { ...once, 't1/left/0/think.1': 2 },
    },
    {
      title: 'with an answer recorded and not returned: nothing is called again',
      crash: { point: 'recorded', path: 't1/left/0/think.1' },
      calls: once,
    },
    {
      title: 'with the last turn of a tool loop recorded: nothing is called again',
      crash: { point: 'recorded', path: 't1/left/0/think.2' },
      calls: once,
    },
    {
      title: 'with a tool result recorded: nothing is called again',
      crash: { point: 'recorded', path: 't1/left/0/think.1/tool.0' },
      calls: once,
    },
  ])('$title', async ({ crash, calls }) => {
    // Nothing else may be in flight when it dies: the left branch waits until the right one has ended.
    script({ includes: 'Do left.', hold: 'before' });
    await house.startWorker(crash);
    const simulation = await house.engine.start({ graph: toolDiamond, model });
    await simulation.event((event) => event.type === 'task.completed' && event.data.nodeId === 'right');
    house.models.release();
    await ended(simulation);
    expect(callsByStep()).toEqual(calls);
    await expectWhole(simulation);
  });

  test.each([
    { title: 'during a call', hold: 'before' as const },
    { title: 'while an answer streams', hold: 'half' as const },
  ])('$title: that call alone is made again, and its first attempt is unknown', async ({ hold }) => {
    script({ includes: 'Do right.', hold });
    await house.startWorker();
    const simulation = await house.engine.start({ graph: toolDiamond, model });
    await house.models.until((all) => all.some(({ state }) => state === 'held'));
    await simulation.event((event) => event.type === 'task.completed' && event.data.nodeId === 'left');
    await house.crashWorker();
    house.models.release();
    await ended(simulation);
    expect(callsByStep()).toEqual({ ...once, 't1/right/0/think.1': 2 });
    await expectWhole(simulation);
    const calls = await simulation.select<{ state: string }>(
      `select state from calls where simulation_id = $1 and path = 't1/right/0/think.1' order by attempt`,
    );
    expect(calls).toEqual([{ state: 'unknown' }, { state: 'answered' }]);
  });

  test('during the database write: half of it is not there, and the call is made again', async () => {
    script({ includes: 'Do right.', hold: 'before' });
    await house.startWorker();
    const simulation = await house.engine.start({ graph: toolDiamond, model });
    await house.models.until((all) => all.some(({ state }) => state === 'held'));
    await simulation.event((event) => event.type === 'task.completed' && event.data.nodeId === 'left');
    const lock = await lockRow(simulation.id);
    house.models.release();
    await lock.isWaitedFor();
    await house.crashWorker();
    await lock.release();
    await ended(simulation);
    expect(callsByStep()).toEqual({ ...once, 't1/right/0/think.1': 2 });
    await expectWhole(simulation);
  });
});

describe.each(dialects)('SIGKILL of a server, over $dialect', ({ model }) => {
  test('Temporal: a call in flight is kept and nothing is called again', async () => {
    script({ includes: 'Do right.', hold: 'half' });
    await house.startWorker();
    const simulation = await house.engine.start({ graph: toolDiamond, model });
    await house.models.until((all) => all.some(({ state }) => state === 'held'));
    await house.crashTemporal();
    house.models.release();
    await ended(simulation);
    expect(callsByStep()).toEqual(once);
    await expectWhole(simulation);
  });

  test('Postgres: an answer that comes while it is away is kept and nothing is called again', async () => {
    script({ includes: 'Do right.', hold: 'half' });
    await house.startWorker();
    const simulation = await house.engine.start({ graph: toolDiamond, model });
    await house.models.until((all) => all.some(({ state }) => state === 'held'));
    await simulation.event((event) => event.type === 'task.completed' && event.data.nodeId === 'left');
    const { postgres } = house;
    await postgres.kill();
    house.models.release();
    await house.models.until((all) => all.every(({ finished }) => finished));
    await house.crashPostgres();
    await ended(simulation);
    expect(callsByStep()).toEqual(once);
    await expectWhole(simulation);
  });

  test('worker and Temporal together: only the call in flight is made again', async () => {
    script({ includes: 'Do right.', hold: 'half' });
    await house.startWorker();
    const simulation = await house.engine.start({ graph: toolDiamond, model });
    await house.models.until((all) => all.some(({ state }) => state === 'held'));
    await simulation.event((event) => event.type === 'task.completed' && event.data.nodeId === 'left');
    await house.temporal.kill();
    await house.crashWorker();
    house.models.release();
    await house.crashTemporal();
    await ended(simulation);
    expect(callsByStep()).toEqual({ ...once, 't1/right/0/think.1': 2 });
    await expectWhole(simulation);
  });
});

test('paused during call 2 of 5, then everything is killed: call 2 is recorded, no call 3 until resumed', async () => {
  house.models.script((call) =>
    call.prompt.includes('Do t2.') ? { hold: 'before', text: 'second' } : undefined,
  );
  await house.startWorker();
  const simulation = await house.engine.start({ graph: chain(5), model: 'openai/gpt-4.1-mini' });
  await house.models.until((all) => all.some(({ state }) => state === 'held'));
  await simulation.command('pause');
  house.models.release();
  await simulation.event(({ type }) => type === 'simulation.paused');
  expect(house.models.calls).toHaveLength(2);
  await house.killWorker();
  await house.crashTemporal();
  await house.crashPostgres();
  await house.startWorker();
  // Obeying a command shows that the new worker has the workflow in hand; what it would start it would have started.
  await simulation.command('pause');
  expect(house.models.calls).toHaveLength(2);
  expect((await simulation.row()).status).toBe('waiting');
  await simulation.command('resume');
  await ended(simulation);
  expect(house.models.calls).toHaveLength(5);
  await expectWhole(simulation);
});

/** Holds the simulation's row, so that the next write to it hangs in the middle of its transaction. */
async function lockRow(id: string) {
  const owner = new Sequelize(house.postgres.url, { dialect: 'postgres', logging: false, pool: { max: 2 } });
  const transaction = await owner.transaction();
  await owner.query('select 1 from simulations where id = $1 for update', { bind: [id], transaction });
  return {
    async isWaitedFor() {
      for (;;) {
        const waiting = await owner.query(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'update simulations|from simulations where id = .1 for no key update'
             and usename = 'troupe_app'`,
          { type: QueryTypes.SELECT },
        );
        if (waiting.length > 0) return;
      }
    },
    async release() {
      await transaction.rollback();
      await owner.close();
    },
  };
}
