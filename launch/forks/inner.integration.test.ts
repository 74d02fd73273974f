import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { textFor } from '#bench/modelServer/answer.ts';
import { type Controls, drawStages, editedControls, innerCrew } from './arbitraryControls.ts';
import { ForkHouse, type ForkInput } from './ForkHouse.ts';

let house: ForkHouse;
let inner: { readonly crewId: string; readonly crewVersionId: string };
beforeAll(async () => {
  house = await ForkHouse.open();
  // Answers depend on all that is asked, and on nothing else. Who leads hands one thing on, and reads what came of it.
  house.models.script(({ prompt, model, body }) => {
    const asked = JSON.stringify(body.messages);
    const isLead = body.tools !== undefined && !asked.includes('"role":"tool"');
    const order = { task: `Find ${textFor(asked, 20)}`, context: '', coworker: 'worker' };
    return isLead
      ? { toolCalls: [{ name: 'delegate_work_to_coworker', arguments: order }] }
      : { text: textFor(`${model} ${asked} ${prompt}`, 120) };
  });
  const { id } = await house.user.trpc.crews.create.mutate({ name: 'Inside', graph: innerCrew });
  const { crewVersionId } = await house.user.trpc.crews.pin.mutate({ id });
  inner = { crewId: id, crewVersionId };
});
afterAll(() => house.close());

const SEED = 20_261_124;
const crews = fc.sample(editedControls, { seed: SEED, numRuns: 24 }).map((crew, n) => ({ n, ...crew }));

/** Paths of what a fork took over, and of what it did itself; decisions are free and count as neither. */
async function doneIn(id: string) {
  const steps = (await house.steps(id)).filter(({ kind }) => kind !== 'decision');
  const paths = (isReused: boolean) =>
    steps.filter(({ reusedFrom }) => (reusedFrom !== null) === isReused).map(({ path }) => path);
  return { reused: paths(true).toSorted(), rerun: paths(false).toSorted() };
}

/** Forks, and holds what it did to what was said before, path by path. */
async function forkAsSaid(parent: string, input: ForkInput) {
  const log = await house.log(parent);
  const fork = await house.fork(parent, input);
  const said = (isReused: boolean) =>
    fork.preview.steps.filter(({ reuse }) => reuse === isReused).map(({ path }) => path);
  expect(fork.ended).toBe('completed');
  expect(await doneIn(fork.id)).toEqual({ reused: said(true).toSorted(), rerun: said(false).toSorted() });
  expect(fork.paid).toBe(fork.preview.modelCalls);
  const { totals } = await house.simulations.get.query({ id: fork.id });
  expect(totals.costMicros).toBeLessThanOrEqual(fork.preview.maxCostMicros ?? 0);
  expect(await house.log(parent)).toBe(log);
  return fork;
}

const inputsOf = ({ inputs }: Controls) => ({ ...inputs });

describe('a crew with maps, loops, routers, crews inside and work that is handed on', () => {
  test.each(crews)('pays in the fork of random crew $n exactly what the preview counted', async (crew) => {
    const graph = drawStages(crew.before, inner);
    const parent = await house.run(graph, inputsOf(crew.before));
    const fork = await forkAsSaid(parent, {
      graph: drawStages(crew.after, inner),
      inputs: inputsOf(crew.after),
    });
    await forkAsSaid(fork.id, { graph, inputs: inputsOf(crew.before) });
    // From one of its steps, wherever that is.
    const steps = (await house.steps(parent)).filter(({ kind }) => kind !== 'decision');
    const from = steps[crew.from % steps.length]?.path ?? '';
    const { id } = await forkAsSaid(parent, { fromPath: from });
    expect((await doneIn(id)).rerun).toContain(from);
  });
});
