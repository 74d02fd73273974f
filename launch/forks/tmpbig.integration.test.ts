import { afterAll, beforeAll, expect, test } from 'vitest';
import { chain } from '#workflows/graph/examples.ts';
import { ForkHouse, withModel } from './ForkHouse.ts';

let house: ForkHouse;
beforeAll(async () => {
  house = await ForkHouse.open();
});
afterAll(() => house.close());

test('big', { timeout: 600_000 }, async () => {
  const t0 = Date.now();
  const parent = await house.run(withModel(chain(2000)));
  console.log('run', Date.now() - t0);
  for (const edit of [
    { edits: { tasks: { t1900: { description: 'Otherwise.' } } } },
    { fromPath: 't1/t1900/0/think.1' },
    { edits: { tasks: { t1990: { description: 'Otherwise.' } } } },
  ]) {
    const t1 = Date.now();
    const preview = await house.simulations.previewFork.mutate({ id: parent, ...edit });
    const t2 = Date.now();
    console.log('preview', t2 - t1, preview.reused, preview.rerun, preview.maxCostMicros);
    const before = house.models.calls.length;
    const fork = await house.simulations.fork.mutate({ id: parent, ...edit });
    const t3 = Date.now();
    await house.models.until((calls) => calls.length > before);
    const t4 = Date.now();
    console.log('fork answered', t3 - t2, 'first call', t4 - t2);
    await house.closed(fork.id);
    console.log('closed', Date.now() - t2, 'paid', house.models.calls.length - before);
    const t5 = Date.now();
    const compared = await house.simulations.compare.query({ id: parent, with: fork.id });
    console.log('compare', Date.now() - t5, compared.counts);
  }
  expect(1).toBe(1);
});
