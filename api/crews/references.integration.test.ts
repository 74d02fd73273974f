import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain } from '#workflows/graph/examples.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = [await api.createUser('Ada'), await api.createUser('Bob')];
});
afterAll(() => api.close());

type Graph = CrewGraph;
const plain = chain(1);

const changed = (kind: 'agent' | 'task', data: object): Graph => ({
  ...plain,
  nodes: plain.nodes.map((node) =>
    node.kind === kind ? ({ ...node, data: { ...node.data, ...data } } as typeof node) : node,
  ),
});
const withCrew = (data: object): Graph =>
  CrewGraph.parse({
    ...plain,
    nodes: [
      ...plain.nodes,
      { id: 'other', kind: 'crew', position: { x: 0, y: 0 }, data: { name: 'Other', ...data } },
    ],
  });

/** Wherever a graph can name something of its workspace, by how deep it lies. */
const PLACES: Readonly<Record<string, { what: keyof Ids; draw: (id: string) => Graph }>> = {
  'a credential of a callback': {
    what: 'credential',
    draw: (credentialId) => changed('task', { callback: { url: 'https://a.example', credentialId } }),
  },
  'a credential deep in a schema': {
    what: 'credential',
    draw: (credentialId) =>
      changed('task', { outputSchema: { type: 'object', deep: [{ er: { credentialId } }] } }),
  },
  'a knowledge base of an agent': { what: 'knowledge', draw: (id) => changed('agent', { knowledge: [id] }) },
  'a knowledge base of the crew': {
    what: 'knowledge',
    draw: (id) => ({ ...plain, settings: { knowledge: [id] } }),
  },
  'the version of a crew inside': { what: 'version', draw: (crewVersionId) => withCrew({ crewVersionId }) },
  'a crew inside': { what: 'crew', draw: (crewId) => withCrew({ crewId }) },
  'an agent of the library': { what: 'agent', draw: (libraryId) => changed('agent', { libraryId }) },
};

interface Ids {
  readonly credential: string;
  readonly knowledge: string;
  readonly crew: string;
  readonly version: string;
  readonly agent: string;
}

async function make({ trpc }: TestUser): Promise<Ids> {
  const secret = {
    name: 'K',
    provider: 'http' as const,
    secret: 'a-secret-of-mine',
    origins: ['https://a.example'],
  };
  const crew = await trpc.crews.create.mutate({ name: 'Inside', graph: chain(1) });
  const pinned = await trpc.crews.pin.mutate({ id: crew.id });
  return {
    credential: (await trpc.credentials.create.mutate(secret)).id,
    knowledge: (await trpc.knowledge.create.mutate({ name: 'Base' })).id,
    crew: crew.id,
    version: pinned.crewVersionId,
    agent: (await trpc.agents.create.mutate({ role: 'Writer', goal: 'Write', backstory: 'Old' })).id,
  };
}

const unknownOf = ({ problems }: { readonly problems: readonly { readonly code: string }[] }) =>
  problems.flatMap(({ code }) => (/unknown/i.test(code) ? [code] : []));

const create = (as: TestUser, graph: Graph) =>
  api.rest('POST /crews', { as, body: { name: 'A crew', graph } });

describe('what a crew names', () => {
  it.each(Object.entries(PLACES))(
    '%s: somebody else’s is refused as what never was',
    async (_, { what, draw }) => {
      const [own, theirs] = [await make(ada), await make(bob)];
      const never = await create(ada, draw(randomUUIDv7()));
      expect(never).toMatchObject({ status: 422, body: { code: 'crew.problems' } });
      const foreign = await create(ada, draw(theirs[what]));
      expect({ ...foreign.body, requestId: '' }).toEqual({ ...never.body, requestId: '' });
      const crew = await ada.trpc.crews.create.mutate({ name: 'A crew', graph: draw(own[what]) });
      expect(unknownOf(crew)).toEqual([]);

      const { id, graphVersion } = crew;
      const body = { graph: draw(theirs[what]), graphVersion };
      expect((await api.rest(`PUT /crews/${id}`, { as: ada, body })).status).toBe(422);
      const file = { format: 'troupe.crew.v1', name: 'x', description: '', graph: draw(theirs[what]) };
      const files = { 'crew.json': JSON.stringify(file) };
      const imported = await api.rest('POST /crews/import', { as: ada, body: { format: 'troupe', files } });
      expect(imported).toMatchObject({ status: 422, body: { code: 'crew.problems' } });
      expect(unknownOf(await ada.trpc.crews.validate.mutate({ graph: draw(theirs[what]) }))).toHaveLength(1);
    },
  );

  it('and has lost since keeps nobody from saving, and stays a problem', async () => {
    const { knowledge } = await make(ada);
    const graph = changed('agent', { knowledge: [knowledge] });
    const crew = await ada.trpc.crews.create.mutate({ name: 'A crew', graph });
    await ada.trpc.knowledge.delete.mutate({ id: knowledge });
    const id = crew.id;
    const moved = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, position: { x: 5, y: 5 } })) };
    const saved = await ada.trpc.crews.save.mutate({ id, graph: moved, graphVersion: crew.graphVersion });
    expect(unknownOf(saved)).toEqual(['knowledge.unknown']);
    expect(unknownOf(await ada.trpc.crews.get.query({ id }))).toEqual(['knowledge.unknown']);
    expect(unknownOf(await ada.trpc.crews.duplicate.mutate({ id }))).toEqual(['knowledge.unknown']);
    // Something else that is not there is refused all the same.
    const other = changed('agent', { knowledge: [knowledge, randomUUIDv7()] });
    const refused = ada.trpc.crews.save.mutate({ id, graph: other, graphVersion: saved.graphVersion });
    await expect(refused).rejects.toThrow('does not exist in this workspace');
  });
});

describe('what an agent of the library names', () => {
  it('is there, or refused; what it has lost since stays a problem', async () => {
    const [own, theirs] = [await make(ada), await make(bob)];
    const data = { role: 'Writer', goal: 'Write', backstory: 'Old' };
    const foreign = await api.rest('POST /agents', {
      as: ada,
      body: { ...data, knowledge: [theirs.knowledge] },
    });
    expect(foreign).toMatchObject({ status: 422, body: { code: 'agent.problems' } });
    const agent = await ada.trpc.agents.create.mutate({ ...data, knowledge: [own.knowledge] });
    const save = (patch: object) => ada.trpc.agents.save.mutate({ id: agent.id, ...patch });
    await expect(save({ knowledge: [theirs.knowledge] })).rejects.toThrow('does not exist in this workspace');
    await ada.trpc.knowledge.delete.mutate({ id: own.knowledge });
    const saved = await save({ goal: 'Write well' });
    expect(saved.problems.map(({ code, nodeId }) => [code, nodeId])).toEqual([['knowledge.unknown', null]]);
  });
});
