import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { textFor } from '#bench/modelServer/answer.ts';
import { testEnv } from '#worker/testing/testEnv.ts';
import { chain } from '#workflows/graph/examples.ts';
import { workflowIdOf } from '#workflows/names.ts';
import { ForkHouse, withModel } from './ForkHouse.ts';
import { generateSimulation } from './generateSimulation.ts';

let house: ForkHouse;
let temporal: Connection;
beforeAll(async () => {
  house = await ForkHouse.open();
  temporal = await Connection.connect({ address: testEnv().temporalAddress });
});
afterAll(async () => {
  await temporal.close();
  await house.close();
});

/** With the agent as many nodes as a graph may have. */
const LENGTH = 4_999;

test('a fork late in the longest simulation pays for its end alone, and carries hardly anything', async () => {
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
  expect(await answerOfReuse(fork.id)).toBeLessThan(1_000);
});

/** Bytes that the workflow was told of what it took over. */
async function answerOfReuse(id: string): Promise<number> {
  const handle = new Client({ connection: temporal }).workflow.getHandle(workflowIdOf(id));
  const { events } = await handle.fetchHistory();
  const ended = events?.find(({ activityTaskCompletedEventAttributes: end }) => end);
  const { payloads } = ended?.activityTaskCompletedEventAttributes?.result ?? {};
  return payloads?.[0]?.data?.byteLength ?? Number.POSITIVE_INFINITY;
}
