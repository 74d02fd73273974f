import { setTimeout as wait } from 'node:timers/promises';
import { addEvents, emptyHistory, stateAt } from '#studio/simulation/replay/checkpoints.ts';
import type { Started } from '#worker/testing/engine.ts';
import { chain } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { BenchHouse } from '../BenchHouse.ts';
import { MODEL } from '../crews.ts';
import type { Row } from '../Row.ts';

const LENGTH = 2_000;
const FORKED_AT = 1_900;

/** One long simulation serves every round. */
let long: Promise<Started> | null = null;
const longSimulation = (house: BenchHouse): Promise<Started> => {
  long ??= runLong(house);
  return long;
};

async function runLong({ engine, models }: BenchHouse): Promise<Started> {
  await models.script([{ reply: { text: 'An answer of some words, as long as a sentence usually is.' } }]);
  const simulation = await engine.start({ graph: chain(LENGTH), model: MODEL });
  const { status } = await simulation.ended();
  if (status !== 'completed') throw new Error(`The long simulation is ${status}`);
  return simulation;
}

export const lateFork: Row = {
  name: 'fork',
  what: `the first new call of a fork at step ${FORKED_AT} of ${LENGTH}`,
  unit: 's',
  hold: { of: 'measured', atMost: 2 },
  mostRounds: 3,
  async measure(house) {
    const parent = await longSimulation(house);
    const told = `t${FORKED_AT}`;
    const launch = await house.engine.prepare({
      graph: retold(chain(LENGTH), told),
      model: MODEL,
      fork: { of: parent },
    });
    await house.models.script([{ reply: { hold: 'before' } }]);
    const before = Date.now();
    const fork = await launch();
    // When it came is told by the server; asking without a pause would take the fork's own time on a small machine.
    while ((await house.models.calls()).length === 0) await wait(20);
    const [call] = await house.models.calls();
    const measured = ((call?.at ?? Number.POSITIVE_INFINITY) - before) / 1_000;
    await fork.command('cancel');
    await fork.ended();
    return { measured, baseline: null };
  },
};

const retold = (graph: CrewGraph, id: string): CrewGraph => ({
  ...graph,
  nodes: graph.nodes.map((node) =>
    node.kind === 'task' && node.id === id
      ? { ...node, data: { ...node.data, description: `Do ${id} otherwise.` } }
      : node,
  ),
});

const SEEKS = 200;

export const seek: Row = {
  name: 'seek',
  what: `the slowest of ${SEEKS} seeks in the events of a simulation of ${LENGTH} steps`,
  unit: 'ms',
  hold: { of: 'measured', atMost: 150 },
  async measure(house) {
    const events = await (await longSimulation(house)).events();
    const history = addEvents(emptyHistory, events);
    let slowest = 0;
    for (let n = 0; n < SEEKS; n += 1) {
      // Steps of a third of the whole land everywhere, and never near the last place.
      const seq = (n * Math.floor(events.length / 3) + n * 7) % events.length;
      const begin = performance.now();
      stateAt(history, seq);
      slowest = Math.max(slowest, performance.now() - begin);
    }
    return { measured: slowest, baseline: null };
  },
};
