import { randomUUIDv7 } from 'node:crypto';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRouter } from './router.ts';
import { buildCrew, buildQuestion, buildSimulation, buildStep, started } from './testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from './testing/openTestApi.ts';
import { uploadFile } from './testing/uploadFile.ts';

/** For everybody. A new procedure is for members until it is added here on purpose. */
const PUBLIC = new Set([
  'users.me',
  'users.register',
  'users.login',
  'users.refresh',
  'users.guest',
  'users.keep',
  'mails.letters',
]);

/** Of each procedure about one thing: a good input for the thing with this id. A new one without a row fails below. */
const ABOUT_CREWS: Readonly<Record<string, (id: string) => object>> = {
  'crews.get': (id) => ({ id }),
  'crews.save': (id) => ({ id, name: 'Taken' }),
  'crews.delete': (id) => ({ id }),
  'crews.duplicate': (id) => ({ id }),
  'crews.pin': (id) => ({ id }),
  'crews.export': (id) => ({ id, format: 'crewai' }),
  'simulations.start': (id) => ({ crewId: id }),
};
const ABOUT_SIMULATIONS: Readonly<Record<string, (id: string) => object>> = {
  'simulations.get': (id) => ({ id }),
  'simulations.steps': (id) => ({ id }),
  'simulations.step': (id) => ({ id, path: 't1/t1/0/think.1' }),
  'simulations.events': (id) => ({ id }),
  'simulations.follow': (id) => ({ id }),
  'simulations.pause': (id) => ({ id }),
  'simulations.resume': (id) => ({ id }),
  'simulations.cancel': (id) => ({ id }),
  'simulations.retry': (id) => ({ id }),
  'simulations.answer': (id) => ({ id, requestId: questionOfBob, outcome: 'Approve' }),
  'simulations.file': (id) => ({ id, name: 'report.md' }),
  'simulations.fork': (id) => ({ id }),
  'simulations.previewFork': (id) => ({ id }),
  'simulations.tree': (id) => ({ id }),
  'simulations.compare': (id) => ({ id, with: id }),
  'simulations.move': (id) => ({ id }),
  'simulations.startVariants': (id) => ({ id, path: 't1/t1/0/think.1', variants: [{}] }),
  'simulations.previewVariants': (id) => ({ id, path: 't1/t1/0/think.1', variants: [{}] }),
  'simulations.variants': (id) => ({ id }),
  'simulations.keepVariant': (id) => ({ id, variantId: randomUUIDv7() }),
};
const ABOUT_AGENTS: Readonly<Record<string, (id: string) => object>> = {
  'agents.get': (id) => ({ id }),
  'agents.save': (id) => ({ id, name: 'Taken' }),
  'agents.delete': (id) => ({ id }),
  'agents.duplicate': (id) => ({ id }),
  'agents.test': (id) => ({ id, message: 'Hello' }),
};
const ABOUT_FILES: Readonly<Record<string, (id: string) => object>> = {
  'files.get': (id) => ({ id }),
  'files.delete': (id) => ({ id }),
};
const ABOUT_CREDENTIALS: Readonly<Record<string, (id: string) => object>> = {
  'credentials.save': (id) => ({ id, name: 'Taken' }),
  'credentials.replace': (id) => ({ id, secret: 'sk-taken' }),
  'credentials.delete': (id) => ({ id }),
};
const ABOUT_KNOWLEDGE: Readonly<Record<string, (id: string) => object>> = {
  'knowledge.get': (id) => ({ id }),
  'knowledge.save': (id) => ({ id, name: 'Taken' }),
  'knowledge.delete': (id) => ({ id }),
  'knowledge.addSource': (id) => ({ id, name: 'Taken', text: 'Taken' }),
  'knowledge.search': (id) => ({ id, query: 'secret' }),
  // Another’s source in one’s own base: `knowledge.integration.test.ts`.
  'knowledge.reread': (id) => ({ id, sourceId: sourceOfBob }),
  'knowledge.removeSource': (id) => ({ id, sourceId: sourceOfBob }),
};
const ABOUT_QUESTIONS: Readonly<Record<string, (id: string) => object>> = {
  'questions.get': (id) => ({ id }),
};
const ABOUT_TOOL_SERVERS: Readonly<Record<string, (id: string) => object>> = {
  'mcpServers.refresh': (id) => ({ id }),
  'mcpServers.confirm': (id) => ({ id, hash: 'seen' }),
  'mcpServers.delete': (id) => ({ id }),
};
const ABOUT_SESSIONS: Readonly<Record<string, (id: string) => object>> = {
  'sessions.close': (id) => ({ id }),
};
const ABOUT_NOTHING = new Set([
  'audit.list',
  'audit.actors',
  'audit.verify',
  'audit.export',
  'mcpServers.list',
  'mcpServers.create',
  'mails.list',
  'credentials.list',
  'credentials.create',
  'credentials.changeKey',
  'models.list',
  'users.logout',
  'sessions.list',
  'sessions.confirm',
  'sessions.closeOthers',
  'users.delete',
  'users.export',
  'users.exports',
  'agents.list',
  'agents.create',
  'crews.list',
  'crews.create',
  'crews.validate',
  'crews.import',
  'crews.samples',
  'crews.createFromSample',
  'simulations.list',
  'files.list',
  'questions.list',
  'questions.count',
  'knowledge.list',
  'knowledge.create',
]);

/** What these make may be for another workspace, if it is one’s own: `forks.integration.test.ts`. */
const TAKES_WORKSPACE = new Set(['simulations.fork', 'simulations.previewFork']);

const { procedures: all }: { procedures: Record<string, AnyTRPCProcedure> } =
  appRouter._def as AnyTRPCRouter['_def'];
const procedures = Object.entries(all);
const isRead = (name: string) => procedures.find(([each]) => each === name)?.[1]._def.type !== 'mutation';

/** Every noun whose procedures name one thing of it. */
const NOUNS: Readonly<Record<string, Readonly<Record<string, (id: string) => object>>>> = {
  crew: ABOUT_CREWS,
  simulation: ABOUT_SIMULATIONS,
  agent: ABOUT_AGENTS,
  file: ABOUT_FILES,
  knowledge: ABOUT_KNOWLEDGE,
  credential: ABOUT_CREDENTIALS,
  question: ABOUT_QUESTIONS,
  toolServer: ABOUT_TOOL_SERVERS,
  session: ABOUT_SESSIONS,
};
const ABOUT_ONE = Object.entries(NOUNS).flatMap(([noun, rows]) =>
  Object.entries(rows).map(([name, inputFor]) => ({ noun, name, inputFor })),
);
/** Bob's, one of each noun. */
const ofBob = new Map<string, string>();

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
let crewOfBob: string;
let simulationOfBob: string;
let sourceOfBob: string;
let questionOfBob: string;
beforeAll(async () => {
  api = await openTestApi();
  // With passwords: what protects an account is closed to guests.
  const isVerified = true;
  [ada, bob] = await Promise.all([
    api.createUser('Ada', { isVerified }),
    api.createUser('Bob', { isVerified }),
  ]);
  const crew = await buildCrew(api.database, { owner: bob });
  const simulation = await buildSimulation(api.database, { owner: bob, crew, events: [started] });
  await buildStep(api.database, { simulation, path: 't1/t1/0/think.1', nodeId: 't1' });
  crewOfBob = crew.id;
  simulationOfBob = simulation.id;
  questionOfBob = await buildQuestion(api.database, simulation);
  const agent = await bob.trpc.agents.create.mutate({ role: 'Editor', goal: 'Edit', backstory: 'Edits' });
  const file = await uploadFile(api, { as: bob, name: 'bob.txt', text: 'Bob’s own.' });
  const credential = await bob.trpc.credentials.create.mutate({
    name: 'Bob’s',
    provider: 'openai',
    secret: 'sk-of-bob-alone',
  });
  const server = await bob.trpc.mcpServers.create.mutate({ name: 'Bob’s', url: 'https://tools.example/mcp' });
  const base = await bob.trpc.knowledge.create.mutate({ name: 'Bob’s' });
  const { items } = await bob.trpc.knowledge.addSource.mutate({ id: base.id, fileId: file.id });
  sourceOfBob = items[0]?.id ?? '';
  const sessions = await bob.trpc.sessions.list.query();
  ofBob
    .set('knowledge', base.id)
    .set('crew', crew.id)
    .set('agent', agent.id)
    .set('simulation', simulation.id)
    .set('file', file.id)
    .set('credential', credential.id)
    .set('question', questionOfBob)
    .set('toolServer', server.id)
    .set('session', sessions.items[0]?.id ?? '');
});
afterAll(() => api.close());

async function call(name: string, input: unknown, headers: Record<string, string>) {
  const query = isRead(name) ? `?input=${encodeURIComponent(JSON.stringify(input))}` : '';
  const response = await fetch(`${api.url}/trpc/${name}${query}`, {
    method: isRead(name) ? 'GET' : 'POST',
    headers: { ...headers, ...(!isRead(name) && { 'content-type': 'application/json' }) },
    ...(!isRead(name) && { body: JSON.stringify(input) }),
  });
  const error = readError(await response.text());
  if (error) error.data = { ...error.data, requestId: null };
  return { status: error?.data.httpStatus ?? response.status, error };
}

/** A subscription is refused inside of its stream. */
function readError(text: string) {
  const streamed = /^event: serialized-error\ndata: (.*)$/m.exec(text)?.[1];
  if (streamed) return JSON.parse(streamed);
  return text.startsWith('{') ? JSON.parse(text).error : undefined;
}

const asAda = () => ({ authorization: `Bearer ${ada.token}` });

describe('every procedure', () => {
  it('is known to this test', () => {
    const known = [...PUBLIC, ...ABOUT_ONE.map(({ name }) => name), ...ABOUT_NOTHING].sort();
    expect(procedures.map(([name]) => name).sort()).toEqual(known);
  });

  it.each(procedures.map(([name]) => name).filter((name) => !PUBLIC.has(name)))(
    '%s refuses strangers before it looks at anything',
    async (name) => {
      for (const input of [{}, { id: simulationOfBob }, { nonsense: true }]) {
        const { status, error } = await call(name, input, {});
        expect({ status, code: error?.data.code }).toEqual({ status: 401, code: 'session.required' });
      }
    },
  );

  it.each(procedures.map(([name]) => name).filter((name) => !PUBLIC.has(name)))(
    '%s takes no word of a header for who asks',
    async (name) => {
      const { status } = await call(
        name,
        {},
        {
          'x-user-id': bob.user.id,
          'x-workspace-id': bob.workspace.id,
          'x-forwarded-user': bob.user.id,
          'x-internal': 'true',
          'x-api-key': bob.token,
          authorization: `Basic ${Buffer.from(`bob:${bob.token}`).toString('base64')}`,
        },
      );
      expect(status).toBe(401);
    },
  );

  it.each(ABOUT_ONE)('$name knows another’s $noun as little as none', async ({ noun, name, inputFor }) => {
    const theirs = await call(name, inputFor(ofBob.get(noun) ?? ''), asAda());
    const nobodys = await call(name, inputFor(randomUUIDv7()), asAda());
    expect(theirs).toEqual(nobodys);
    expect(theirs).toMatchObject({ status: 404, error: { data: { code: 'notFound', details: {} } } });
  });

  it.each(ABOUT_ONE)(
    '$name says 404 before it says what is wrong with the rest, whatever stands for an id',
    async ({ name, inputFor }) => {
      for (const id of [randomUUIDv7(), 'x', '../x', "' or 1=1 --", '00000000-0000-0000-0000-000000000000']) {
        const input = { ...inputFor(id), nonsense: true };
        const { status, error } = await call(name, input, asAda());
        expect({ status, code: error?.data.code }).toEqual({ status: 404, code: 'notFound' });
      }
    },
  );

  it.each(ABOUT_ONE)(
    '$name refuses unknown fields, and ids that are none at all',
    async ({ noun, name, inputFor }) => {
      const own = ofBob.get(noun) ?? '';
      const asBob = { authorization: `Bearer ${bob.token}` };
      for (const bad of [
        { ...inputFor(own), tenantId: ada.workspace.id },
        ...(TAKES_WORKSPACE.has(name) ? [] : [{ ...inputFor(own), workspaceId: ada.workspace.id }]),
        { ...inputFor(own), id: 7, crewId: 7 },
        {},
        null,
        [],
        'text',
      ]) {
        const { status, error } = await call(name, bad, asBob);
        expect({ status, code: error?.data.code }).toEqual({ status: 400, code: 'request.invalid' });
      }
    },
  );
});

describe('the header Troupe-Workspace', () => {
  it('opens one’s own workspace and hides all others', async () => {
    const own = await api.rest('GET /crews', { as: ada, headers: { 'troupe-workspace': ada.workspace.id } });
    expect(own.status).toBe(200);
    for (const workspace of [bob.workspace.id, randomUUIDv7(), 'x', '']) {
      const other = await api.rest('GET /crews', { as: ada, headers: { 'troupe-workspace': workspace } });
      expect(other).toMatchObject({ status: 404, body: { code: 'notFound' } });
    }
  });

  it('lets a member do there what their role allows', async () => {
    const join = (role: string) =>
      api.database.query(
        `insert into memberships (workspace_id, user_id, role) values ($1, $2, $3)
         on conflict (workspace_id, user_id) do update set role = excluded.role`,
        { bind: [bob.workspace.id, ada.user.id, role] },
      );
    const headers = { 'troupe-workspace': bob.workspace.id };
    const ask = async (route: string, body?: object) =>
      (await api.rest(route, { as: ada, headers, ...(body && { body }) })).status;
    const graph = { nodes: [], edges: [] };

    await join('viewer');
    expect(await ask(`GET /crews/${crewOfBob}`)).toBe(200);
    expect(await ask('POST /simulations', { crewId: crewOfBob })).toBe(403);
    expect(await ask(`POST /simulations/${simulationOfBob}/pause`)).toBe(403);
    expect(await ask('POST /crews', { name: 'x', graph })).toBe(403);
    expect(await ask(`PUT /crews/${crewOfBob}`, { name: 'x' })).toBe(403);

    await join('runner');
    expect(await ask('POST /simulations', { crewId: crewOfBob })).toBe(201);
    expect(await ask(`DELETE /crews/${crewOfBob}`)).toBe(403);

    await join('editor');
    expect(await ask('POST /crews', { name: 'x', graph })).toBe(201);

    await api.database.query('delete from memberships where workspace_id = $1 and user_id = $2', {
      bind: [bob.workspace.id, ada.user.id],
    });
    expect(await ask(`GET /crews/${crewOfBob}`)).toBe(404);
  });
});
