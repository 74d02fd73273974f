import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { mapped, routed } from '#workflows/graph/controlExamples.ts';
import { ForkHouse, withModel } from './ForkHouse.ts';

let house: ForkHouse;
beforeAll(async () => {
  house = await ForkHouse.open();
});
afterEach(() => house.models.reset());
afterAll(() => house.close());

const answers = () =>
  house.models.script((call) => {
    if (call.prompt.includes('Do list.')) return { text: '["a","b","c"]' };
    return { text: call.prompt.includes('Do start.') ? 'yes' : `answer ${call.n}` };
  });

test('a crew with a map runs over the api; its fork pays for what changed, as the preview feared', async () => {
  answers();
  const parent = await house.run(withModel(mapped()));
  expect(house.models.calls).toHaveLength(8);
  const view = await house.simulations.get.query({ id: parent });
  expect(view.totals).toMatchObject({ modelCalls: 8 });
  const fork = await house.fork(parent, { edits: { tasks: { judge: { description: 'Do judge anew.' } } } });
  expect(fork.ended).toBe('completed');
  // The second task inside for each of three items, and what reads them. The list and the first are taken over.
  expect(fork.paid).toBe(4);
  expect(fork.preview.rerun).toBeGreaterThanOrEqual(fork.paid);
});

test('a router can be forked where its way began', async () => {
  answers();
  const parent = await house.run(withModel(routed));
  const fork = await house.fork(parent, { fromPath: 't1/left/0/think.1' });
  expect(fork).toMatchObject({ ended: 'completed', paid: 3 });
});
