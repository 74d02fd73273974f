import { randomUUIDv7 } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createTroupeClient, type TroupeClient } from '#api/client/createTroupeClient.ts';
import { addMember, removeMember } from '#api/testing/build.ts';
import type { TestUser } from '#api/testing/openTestApi.ts';
import type { Role } from '#api/workspaces/policy.ts';
import { diamond, toolDiamond } from '#workflows/graph/examples.ts';
import { ForkHouse, withModel } from './ForkHouse.ts';

let house: ForkHouse;
let bob: TestUser;
beforeAll(async () => {
  house = await ForkHouse.open();
  bob = await house.api.createUser('Bob');
});
afterEach(() => house.models.reset());
afterAll(() => house.close());

const join = (user: TestUser, workspaceId: string, role: Role) =>
  addMember(house.api.database, { workspaceId, userId: user.user.id, role });

const leave = (user: TestUser, workspaceId: string) =>
  removeMember(house.api.database, { workspaceId, userId: user.user.id });

/** Bob, looking into a workspace of his. */
const bobIn = (workspaceId: string): TroupeClient =>
  createTroupeClient({ url: house.api.url, token: bob.token, workspace: workspaceId });

async function ended(troupe: TroupeClient, id: string): Promise<string> {
  for (;;) {
    const { status } = await troupe.simulations.get.query({ id });
    if (['completed', 'failed', 'cancelled'].includes(status)) return status;
  }
}

test('a fork into one’s own workspace brings along what it needs, and pays only for what is new', async () => {
  house.models.script((call) =>
    call.prompt.includes('Do left') && !call.prompt.includes('42')
      ? { toolCalls: [{ name: 'calculator', arguments: { expression: '17 + 25' } }] }
      : undefined,
  );
  const parent = await house.run(withModel(toolDiamond));
  const log = await house.log(parent);
  await join(bob, house.user.workspace.id, 'viewer');
  const before = house.models.calls.length;
  const edits = { tasks: { right: { description: 'Do right otherwise.' } } };
  const input = { id: parent, edits, workspaceId: bob.workspace.id };

  const preview = await bobIn(house.user.workspace.id).simulations.previewFork.mutate(input);
  expect(preview).toMatchObject({ reused: 4, rerun: 2 });
  const { id } = await bobIn(house.user.workspace.id).simulations.fork.mutate(input);
  expect(await ended(bob.trpc, id)).toBe('completed');
  expect(house.models.calls.length - before).toBe(2);
  expect(await house.log(parent)).toBe(log);

  // While he may read both, the fork is held against what it was forked from, and each family names the other.
  const against = await bob.trpc.simulations.compare.query({ id: parent, with: id });
  expect(against).toMatchObject({
    a: { id: parent, workspaceId: house.user.workspace.id, totals: { modelCalls: 5, reusedSteps: 0 } },
    b: { id, workspaceId: bob.workspace.id, totals: { modelCalls: 2, reusedSteps: 4 } },
    changed: 'right’s description',
    counts: { same: 4, different: 2, onlyA: 0, onlyB: 0 },
    firstDifference: 't1/right/0/think.1',
  });
  const of = { simulationId: parent, workspaceId: house.user.workspace.id };
  const { original, rootId: copy } = await bob.trpc.simulations.tree.query({ id });
  expect(original).toMatchObject(of);
  const { copies } = await bobIn(house.user.workspace.id).simulations.tree.query({ id: parent });
  expect(copies).toMatchObject([{ of: parent, simulationId: copy, workspaceId: bob.workspace.id, forks: 1 }]);
  // She is not a member of his, and learns of nothing there.
  expect(await house.simulations.tree.query({ id: parent })).toMatchObject({ original: null, copies: [] });
  await expect(house.simulations.compare.query({ id: parent, with: id })).rejects.toMatchObject({
    data: { code: 'notFound' },
  });

  // He needs the other workspace no more: all of it is his, prompts and answers included.
  await leave(bob, house.user.workspace.id);
  const view = await bob.trpc.simulations.get.query({ id });
  expect(view.totals).toMatchObject({ modelCalls: 2, reusedSteps: 4 });
  const { items, rootId, ...elsewhere } = await bob.trpc.simulations.tree.query({ id });
  expect(elsewhere).toMatchObject({ original: null, copies: [] });
  expect(items).toMatchObject([
    { id: rootId, isCopy: true, by: 'Ada', status: 'completed' },
    { id, isCopy: false, by: 'Bob', changed: 'right’s description' },
  ]);
  const step = await bob.trpc.simulations.step.query({ id: rootId, path: 't1/left/0/think.2' });
  expect(step.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'tool']);
  const compared = await bob.trpc.simulations.compare.query({ id: rootId, with: id });
  expect(compared.counts).toEqual({ same: 4, different: 2, onlyA: 0, onlyB: 0 });
  // What was copied did not run here: it is in no list, and the crew is a crew of his.
  const list = await bob.trpc.simulations.list.query({});
  expect(list.items.map((item) => item.id)).toEqual([id]);
  expect((await bob.trpc.crews.get.query({ id: view.crewId })).name).toBe('A crew');
  await expect(house.simulations.get.query({ id })).rejects.toMatchObject({ data: { code: 'notFound' } });
});

test('the header may name the workspace instead, and the same state is copied once', async () => {
  const parent = await house.run(withModel(diamond));
  await join(bob, house.user.workspace.id, 'viewer');
  const first = await bob.trpc.simulations.fork.mutate({ id: parent });
  const second = await bob.trpc.simulations.fork.mutate({
    id: parent,
    answers: { 't1/left/0/think.1': 'His own words.' },
  });
  const before = house.models.calls.length;
  expect(await ended(bob.trpc, first.id)).toBe('completed');
  expect(await ended(bob.trpc, second.id)).toBe('completed');
  expect(house.models.calls.length).toBeLessThanOrEqual(before + 1);
  const { items } = await bob.trpc.simulations.tree.query({ id: first.id });
  expect(items.map(({ id }) => id).slice(1)).toEqual([first.id, second.id]);
  await leave(bob, house.user.workspace.id);
});

test('of one that still runs, the copy says that it does not go on here', async () => {
  house.models.script((call) => (call.prompt.includes('Do join') ? { hold: 'before' } : undefined));
  const parent = await house.start(withModel(diamond));
  await house.models.until((calls) => calls.some(({ state }) => state === 'held'));
  await join(bob, house.user.workspace.id, 'viewer');
  const edits = { tasks: { join: { description: 'Put it together.' } } };
  const { id } = await bob.trpc.simulations.fork.mutate({ id: parent, edits });
  expect(await ended(bob.trpc, id)).toBe('completed');
  const { rootId } = await bob.trpc.simulations.tree.query({ id });
  expect((await bob.trpc.simulations.get.query({ id: rootId })).status).toBe('cancelled');
  house.models.release();
  expect(await house.closed(parent)).toBe('completed');
  await leave(bob, house.user.workspace.id);
});

test('takes a member of both who may run things there', async () => {
  const parent = await house.run(withModel(diamond));
  const fork = (workspaceId?: string) =>
    bob.trpc.simulations.fork.mutate({ id: parent, ...(workspaceId && { workspaceId }) });
  // Of neither; of the parent's alone; of a workspace that is not his.
  await expect(fork()).rejects.toMatchObject({ data: { code: 'notFound' } });
  await join(bob, house.user.workspace.id, 'viewer');
  await expect(fork(house.user.workspace.id)).rejects.toMatchObject({
    data: { code: 'workspace.forbidden' },
  });
  await expect(fork(randomUUIDv7())).rejects.toMatchObject({ data: { code: 'notFound' } });
  await expect(
    house.simulations.fork.mutate({ id: parent, workspaceId: bob.workspace.id }),
  ).rejects.toMatchObject({ data: { code: 'notFound' } });
  // A runner may run there, but the crew that has to be brought along is for editors.
  await join(house.user, bob.workspace.id, 'runner');
  await expect(
    house.simulations.fork.mutate({ id: parent, workspaceId: bob.workspace.id }),
  ).rejects.toMatchObject({ data: { code: 'workspace.forbidden' } });
  await join(house.user, bob.workspace.id, 'editor');
  const made = await house.simulations.fork.mutate({ id: parent, workspaceId: bob.workspace.id });
  expect(await ended(bob.trpc, made.id)).toBe('completed');
  await leave(bob, house.user.workspace.id);
  await leave(house.user, bob.workspace.id);
});
