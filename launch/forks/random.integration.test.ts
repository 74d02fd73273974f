import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textFor } from '#bench/modelServer/answer.ts';
import { draw, editedCrews, type Told } from './arbitraryEdits.ts';
import { ForkHouse } from './ForkHouse.ts';

let house: ForkHouse;
beforeAll(async () => {
  house = await ForkHouse.open();
  // Answers depend on all that is asked, and on nothing else.
  house.models.script(({ prompt, model, body }) => ({
    text: textFor(`${model} ${body.temperature} ${prompt}`, 120),
  }));
});
afterAll(() => house.close());

const SEED = 20_261_124;

/** Only values that some text of the crew asks for. */
function inputsOf({ sketch, inputs }: Told): Record<string, string> {
  return JSON.stringify(sketch).includes('{topic}') ? { ...inputs } : {};
}

test.each(fc.sample(editedCrews, { seed: SEED, numRuns: 20 }).map((crew, n) => ({ n, ...crew })))(
  'the fork of random crew $n pays exactly what the preview counted, and so does a fork back',
  async ({ before, after }) => {
    const [graph, edited] = [draw(before), draw(after)];
    const parent = await house.run(graph, inputsOf(before));
    const log = await house.log(parent);
    const fork = await house.fork(parent, { graph: edited, inputs: inputsOf(after) });
    expect(fork.ended).toBe('completed');
    expect({ paid: fork.paid, reused: fork.preview.reused }).toEqual({
      paid: fork.preview.rerun,
      reused: (await house.steps(fork.id)).filter(({ reusedFrom }) => reusedFrom !== null).length,
    });
    expect(fork.preview.reused + fork.preview.rerun).toBe(after.sketch.tasks.length);
    const { totals } = await house.simulations.get.query({ id: fork.id });
    expect(totals.costMicros).toBeLessThanOrEqual(fork.preview.maxCostMicros ?? 0);

    const back = await house.fork(fork.id, { graph, inputs: inputsOf(before) });
    expect(back).toMatchObject({ ended: 'completed', paid: back.preview.rerun });
    expect(await house.log(parent)).toBe(log);
  },
);
