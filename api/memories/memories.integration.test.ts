import { QueryTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asMember, inWorkspace } from '../database/connect.ts';
import { addMember, buildMemory, buildSimulation } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
let crewId: string;
/** Bob, in Ada's workspace. */
let guest: Record<string, string>;

beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
  const workspaceId = ada.workspace.id;
  await addMember(api.database, { workspaceId, userId: bob.user.id, role: 'editor' });
  guest = { 'troupe-workspace': workspaceId };
  const simulation = await buildSimulation(api.database, { owner: ada });
  crewId = simulation.crewId;
  for (const [text, agent] of [
    ['Ada likes short texts.', 'Writer'],
    ['The 100% rule holds.', 'Researcher'],
    ['Nobody reads footnotes.', 'Writer'],
  ] as const)
    await buildMemory(api.database, { owner: ada, simulation, text, agent });
  await buildMemory(api.database, { owner: bob, simulation, text: 'Bob likes long texts.' });
  const other = await buildSimulation(api.database, { owner: ada });
  await buildMemory(api.database, { owner: ada, simulation: other, text: 'Of another crew.' });
});
afterAll(() => api.close());

const textsOf = async (input: object = {}): Promise<string[]> =>
  (await ada.trpc.memories.list.query(input)).items.map(({ text }) => text);

describe('what crews remember', () => {
  it('is listed to the person it is remembered for, learnt last first, and to nobody else', async () => {
    expect(await textsOf()).toEqual([
      'Of another crew.',
      'Nobody reads footnotes.',
      'The 100% rule holds.',
      'Ada likes short texts.',
    ]);
    const { body } = await api.rest('GET /memories', { as: bob, headers: guest });
    expect(body.items).toMatchObject([{ text: 'Bob likes long texts.', crewId }]);
    expect((await api.rest('GET /memories', { as: bob })).body.items).toEqual([]);
  });

  it('is found by crew, by who learnt it, and by its words, letter for letter', async () => {
    expect(await textsOf({ crewId })).not.toContain('Of another crew.');
    expect(await textsOf({ crewId, agent: 'Writer' })).toEqual([
      'Nobody reads footnotes.',
      'Ada likes short texts.',
    ]);
    expect(await textsOf({ search: 'TEXTS' })).toEqual(['Ada likes short texts.']);
    expect(await textsOf({ search: '100%' })).toEqual(['The 100% rule holds.']);
    expect(await textsOf({ search: 'a_a' })).toEqual([]);
  });

  it('comes in pages', async () => {
    const first = await ada.trpc.memories.list.query({ limit: 3 });
    const cursor = first.nextCursor ?? '';
    const second = await ada.trpc.memories.list.query({ limit: 3, cursor });
    expect([...first.items, ...second.items]).toHaveLength(4);
    expect(second.nextCursor).toBeNull();
  });

  it('is counted by crew and by who learnt it', async () => {
    const { items } = await ada.trpc.memories.scopes.query();
    expect(items.find((scope) => scope.crewId === crewId)).toMatchObject({
      count: 3,
      agents: [
        { role: 'Researcher', count: 1 },
        { role: 'Writer', count: 2 },
      ],
    });
  });

  it('is another’s even for a query that forgets to ask whose', async () => {
    const seen = (userId: string) =>
      asMember(api.database, { workspaceId: ada.workspace.id, userId }, (transaction) =>
        api.database.query<{ user_id: string }>('select distinct user_id from memories', {
          transaction,
          type: QueryTypes.SELECT,
        }),
      );
    expect(await seen(bob.user.id)).toEqual([{ user_id: bob.user.id }]);
    expect(await seen(ada.user.id)).toEqual([{ user_id: ada.user.id }]);
    const taken = await asMember(
      api.database,
      { workspaceId: ada.workspace.id, userId: bob.user.id },
      (transaction) =>
        api.database.query('delete from memories where user_id = $1 returning id', {
          bind: [ada.user.id],
          transaction,
          type: QueryTypes.SELECT,
        }),
    );
    expect(taken).toEqual([]);
  });

  it('is not deleted by another, and is by whose it is', async () => {
    const [last] = (await ada.trpc.memories.list.query({ search: 'another crew' })).items;
    const route = `DELETE /memories/${last?.id}` as const;
    expect((await api.rest(route, { as: bob, headers: guest })).status).toBe(404);
    expect((await api.rest(route, { as: ada })).status).toBe(204);
    expect((await api.rest(route, { as: ada })).status).toBe(404);
    expect(await textsOf()).toHaveLength(3);
  });

  it('is forgotten crew by crew, and what the crew remembers for others stays', async () => {
    expect(await ada.trpc.memories.forgetCrew.mutate({ crewId })).toEqual({ count: 3 });
    expect(await textsOf()).toEqual([]);
    const left = await inWorkspace(api.database, ada.workspace.id, (transaction) =>
      api.database.query('select text from memories', { transaction, type: QueryTypes.SELECT }),
    );
    expect(left).toEqual([{ text: 'Bob likes long texts.' }]);
  });
});
