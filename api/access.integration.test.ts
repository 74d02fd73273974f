import { randomUUIDv7 } from 'node:crypto';
import type { AnyTRPCProcedure, AnyTRPCRouter } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appRouter } from './router.ts';
import { ACCESS_ROWS, type AccessRow, inputOf, type Noun, type Things } from './testing/accessRows.ts';
import { removeMember } from './testing/build.ts';
import { buildTeam, fillTeam, inTeam, type Team } from './testing/buildTeam.ts';
import { openTestApi, type TestApi, type TestUser } from './testing/openTestApi.ts';
import { sendFile } from './testing/uploadFile.ts';
import { can, ROLES, type Role } from './workspaces/policy.ts';

const { procedures }: { procedures: Record<string, AnyTRPCProcedure> } =
  appRouter._def as AnyTRPCRouter['_def'];
const isRead = (name: string) => procedures[name]?._def.type !== 'mutation';

const ROWS = Object.entries(ACCESS_ROWS).map(([name, row]) => ({ name, row }));
const FOR_SIGNED_IN = ROWS.filter(({ row }) => row.needs !== 'public').map(({ name }) => name);
const ABOUT_ONE = ROWS.flatMap(({ name, row }) =>
  row.about === undefined ? [] : [{ name, row, about: row.about }],
);
/** What these make may be for another workspace, if it is one’s own: `forks.integration.test.ts`. */
const TAKES_WORKSPACE = new Set(['simulations.fork', 'simulations.previewFork']);

let api: TestApi;
let team: Team;
let things: Things;
let stranger: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  team = await buildTeam(api);
  things = await fillTeam(api, team);
  stranger = await api.createUser('Stranger', { isVerified: true });
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

const asStranger = () => ({ authorization: `Bearer ${stranger.token}` });
const ofTeam = (about: Noun | undefined) => (about === undefined ? '' : things[about]);
const inputFor = (row: AccessRow, id = ofTeam(row.about)) => inputOf(row, id, things);

describe('every procedure', () => {
  it('has a row', () => {
    expect(Object.keys(procedures).sort()).toEqual(Object.keys(ACCESS_ROWS).sort());
  });

  it('that changes something asks for more than to see it, or is known to change nothing', () => {
    const openToViewers = ROWS.filter(({ name, row }) => row.needs === 'read' && !isRead(name));
    expect(openToViewers.map(({ name }) => name)).toEqual([
      'crews.validate',
      'knowledge.search',
      'members.leave',
    ]);
  });

  it.each(FOR_SIGNED_IN)('%s refuses nobody in particular before it looks at anything', async (name) => {
    for (const input of [{}, { id: things.simulation }, { nonsense: true }]) {
      const { status, error } = await call(name, input, {});
      expect({ status, code: error?.data.code }).toEqual({ status: 401, code: 'session.required' });
    }
  });

  it.each(FOR_SIGNED_IN)('%s takes no word of a header for who asks', async (name) => {
    const { owner } = team.members;
    const { status } = await call(
      name,
      {},
      {
        'x-user-id': owner.user.id,
        'x-workspace-id': team.id,
        'x-forwarded-user': owner.user.id,
        'x-internal': 'true',
        'x-api-key': owner.token,
        authorization: `Basic ${Buffer.from(`owner:${owner.token}`).toString('base64')}`,
      },
    );
    expect(status).toBe(401);
  });

  // Whoever may is told what is wrong with a field that does not exist, so that nothing is done; where nothing is
  // given in, the answer comes.
  it.each(ROWS)('$name is for those whose role allows it: $row.needs', async ({ name, row }) => {
    for (const role of ROLES) {
      const isAllowed = mayCall(role, row);
      const input = { ...inputFor(row), ...(isAllowed && { nonsense: true }) };
      if (row.needs === 'self' || row.needs === 'public') continue;
      const { status, error } = await call(name, input, team.headers(role));
      const seen = { role, status, code: error?.data.code };
      if (isAllowed) expect([200, 400], JSON.stringify(seen)).toContain(status);
      else if (row.needs === 'admin') expect(seen).toEqual({ role, status: 403, code: 'user.notAdmin' });
      else expect(seen).toEqual({ role, status: 403, code: 'workspace.forbidden' });
    }
  });

  it.each(FOR_SIGNED_IN)('%s is not reached in a workspace of others', async (name) => {
    const row = ACCESS_ROWS[name];
    if (!row) throw new Error(`${name} has no row`);
    for (const workspace of [team.id, randomUUIDv7()]) {
      const { status, error } = await call(name, inputFor(row), {
        ...asStranger(),
        'troupe-workspace': workspace,
      });
      expect({ status, message: error?.message }).toEqual({
        status: 404,
        message: 'There is no such workspace.',
      });
    }
  });

  it.each(ABOUT_ONE)('V36: $name knows another’s $about as little as none', async ({ name, row }) => {
    const theirs = await call(name, inputFor(row), asStranger());
    const nobodys = await call(name, inputFor(row, randomUUIDv7()), asStranger());
    expect(theirs).toEqual(nobodys);
    expect(theirs).toMatchObject({ status: 404, error: { data: { code: 'notFound', details: {} } } });
  });

  it.each(ABOUT_ONE)(
    '$name says 404 before it says what is wrong with the rest, whatever stands for an id',
    async ({ name, row }) => {
      for (const id of [randomUUIDv7(), 'x', '../x', "' or 1=1 --", '00000000-0000-0000-0000-000000000000']) {
        const { status, error } = await call(name, { ...inputFor(row, id), nonsense: true }, asStranger());
        expect({ status, code: error?.data.code }).toEqual({ status: 404, code: 'notFound' });
      }
    },
  );

  it.each(ABOUT_ONE)('$name refuses unknown fields, and ids that are none at all', async ({ name, row }) => {
    const own = inputFor(row);
    for (const bad of [
      { ...own, tenantId: stranger.workspace.id },
      ...(TAKES_WORKSPACE.has(name) ? [] : [{ ...own, workspaceId: stranger.workspace.id }]),
      { ...own, id: 7, crewId: 7 },
      {},
      null,
      [],
      'text',
    ]) {
      const { status, error } = await call(name, bad, team.headers('owner'));
      expect({ status, code: error?.data.code }).toEqual({ status: 400, code: 'request.invalid' });
    }
  });
});

const mayCall = (role: Role, { needs }: AccessRow): boolean =>
  needs === 'self' || needs === 'public' || (needs !== 'admin' && can(role, needs));

describe('bytes of files, which no procedure carries', () => {
  it.each(ROLES)('are sent by a %s whose role allows it', async (role) => {
    const { status } = await sendFile(api, { as: inTeam(team, role) });
    expect(status).toBe(can(role, 'edit') ? 201 : 403);
  });

  it('are read by every member and nobody else', async () => {
    const read = async (headers: Record<string, string>) =>
      (await fetch(`${api.url}/api/v1/files/${things.file}/content`, { headers })).status;
    expect(await Promise.all(ROLES.map((role) => read(team.headers(role))))).toEqual([200, 200, 200, 200]);
    expect([await read(asStranger()), await read({})]).toEqual([404, 401]);
  });
});

describe('the header Troupe-Workspace', () => {
  it('opens one’s own workspace and hides all others', async () => {
    const ask = (workspace: string) =>
      api.rest('GET /crews', { as: stranger, headers: { 'troupe-workspace': workspace } });
    expect((await ask(stranger.workspace.id)).status).toBe(200);
    for (const workspace of [team.id, randomUUIDv7(), 'x', '']) {
      expect(await ask(workspace)).toMatchObject({ status: 404, body: { code: 'notFound' } });
    }
  });

  it('closes to a member who is one no more, from the next request on', async () => {
    const other = await buildTeam(api, 'Other');
    const ask = () => api.rest('GET /crews', { headers: other.headers('viewer') });
    expect((await ask()).status).toBe(200);
    await removeMember(api.database, {
      workspaceId: other.id,
      userId: other.members.viewer.user.id,
    });
    expect((await ask()).status).toBe(404);
  });
});
