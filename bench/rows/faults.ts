import { setTimeout as wait } from 'node:timers/promises';
import { chain, toolDiamond } from '#workflows/graph/examples.ts';
import type { BenchHouse } from '../BenchHouse.ts';
import { MODEL } from '../crews.ts';
import type { Row } from '../Row.ts';

/** Every step of the diamond with a calculator in it. */
const PATHS = [
  't1/start/0/think.1',
  't1/left/0/think.1',
  't1/left/0/think.1/tool.0',
  't1/left/0/think.2',
  't1/right/0/think.1',
  't1/join/0/think.1',
];
const MODEL_STEPS = PATHS.filter((path) => !path.includes('/tool.')).length;

/** The left branch waits for the right one, so that nothing but the recorded step is lost with the worker. */
const CALCULATES = {
  match: { promptIncludes: 'Do left.' },
  times: 1,
  reply: { toolCalls: [{ name: 'calculator', arguments: { expression: '17 + 25' } }] },
};

export const repeated: Row = {
  name: 'repeated',
  what: `model calls repeated when the worker is killed at each of ${PATHS.length} recorded steps`,
  unit: 'calls',
  hold: { of: 'measured', atMost: 0 },
  mostRounds: 1,
  async measure(house) {
    let calls = 0;
    for (const path of PATHS) calls += await callsAfterCrashAt(house, path);
    return { measured: calls - PATHS.length * MODEL_STEPS, baseline: null };
  },
};

async function callsAfterCrashAt(house: BenchHouse, path: string): Promise<number> {
  await house.models.script([CALCULATES, { reply: { text: 'An answer.' } }]);
  await house.worker.stop(15_000);
  await house.startWorker({ path });
  const simulation = await house.engine.start({ graph: toolDiamond, model: MODEL });
  await house.worker.exited;
  await house.startWorker();
  const { status } = await simulation.ended();
  if (status !== 'completed') throw new Error(`The simulation is ${status} after a crash at ${path}`);
  return (await house.models.calls()).length;
}

export const recovery: Row = {
  name: 'recovery',
  what: 'recovery after kill -9 of worker and Temporal, beyond their restart',
  unit: 's',
  hold: { of: 'measured', atMost: 10 },
  async measure(house) {
    await house.models.script([
      { match: { promptIncludes: 'Do t2.' }, times: 1, reply: { hold: 'half' } },
      { reply: { text: 'An answer.' } },
    ]);
    const simulation = await house.engine.start({ graph: chain(3), model: MODEL });
    while (!(await house.models.calls()).some(({ state }) => state === 'held')) await wait(20);
    await Promise.all([house.worker.kill(), house.temporal.kill()]);
    await house.restartTemporal();
    await house.startWorker();
    const restartedAt = Date.now();
    await simulation.ended();
    return { measured: (Date.now() - restartedAt) / 1000, baseline: null };
  },
};
