import { afterAll, beforeAll, expect, test } from 'vitest';
import { textFor } from '#bench/modelServer/answer.ts';
import { chain } from '#workflows/graph/examples.ts';
import { ForkHouse, withModel } from './ForkHouse.ts';
import { generateSimulation } from './generateSimulation.ts';

let house: ForkHouse;
beforeAll(async () => {
  house = await ForkHouse.open();
});
afterAll(() => house.close());

const LENGTH = 2_000;

test('a fork late in a long simulation pays for its end alone', async () => {
  const { user, workspace } = house.user;
  const graph = withModel(chain(LENGTH));
  const parent = await generateSimulation(house.api.database, {
    workspaceId: workspace.id,
    userId: user.id,
    graph,
    answer: ({ nodeId }) => textFor(nodeId, 400),
  });
  const input = { edits: { tasks: { [`t${LENGTH - 4}`]: { description: 'Do it otherwise.' } } } };
  const fork = await house.fork(parent, input);
  expect(fork).toMatchObject({ ended: 'completed', paid: 5, preview: { reused: LENGTH - 5, rerun: 5 } });
  const { counts } = await house.simulations.compare.query({ id: parent, with: fork.id });
  expect(counts).toEqual({ same: LENGTH - 5, different: 5, onlyA: 0, onlyB: 0 });
});
