import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordAudit } from '../database/audit/recordAudit.ts';
import { ownerUrl } from '../testing/environment.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';

let api: TestApi;
/** Who owns the tables: the application itself could do none of this. */
const owner = new pg.Client({ connectionString: ownerUrl() });
beforeAll(async () => {
  api = await openTestApi();
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await api.close();
});

/** Somebody with six entries in their log. */
async function withEntries(): Promise<TestUser> {
  const user = await api.createUser('Ada');
  for (let number = 1; number <= 6; number += 1) {
    await recordAudit(api.database, {
      workspaceId: user.workspace.id,
      actorId: user.user.id,
      action: 'members.invite',
      object: { kind: 'invitation', id: String(number) },
      result: 'ok',
      ip: '127.0.0.1',
      userAgent: 'test',
      requestId: 'r',
      details: { role: 'viewer', number },
    });
  }
  return user;
}

const tampered: readonly (readonly [string, string, object])[] = [
  [
    'changed',
    `update audit_entries set action = 'members.remove' where workspace_id = $1 and seq = 3`,
    at(3),
  ],
  [
    'changed in its details',
    `update audit_entries set details = '{}' where workspace_id = $1 and seq = 4`,
    at(4),
  ],
  [
    'given to somebody else',
    `update audit_entries set actor_id = null where workspace_id = $1 and seq = 1`,
    at(1),
  ],
  [
    'moved in time',
    `update audit_entries set at = at - interval '1 day' where workspace_id = $1 and seq = 6`,
    at(6),
  ],
  ['removed', 'delete from audit_entries where workspace_id = $1 and seq = 3', at(3, 'missing')],
  ['removed, and the gap closed', removedAndClosed(), at(3)],
  ['put in', putIn(), at(3)],
  ['exchanged with the next', exchanged(), at(3)],
  [
    'cut off with all behind it',
    'delete from audit_entries where workspace_id = $1 and seq >= 5',
    at(5, 'missing'),
  ],
  ['added behind the end', added(), at(7, 'added')],
  [
    'cut off, and the end moved to where nothing was',
    `with cut as (delete from audit_entries where workspace_id = $1 and seq = 6)
     update audit_heads set seq = 5 where workspace_id = $1`,
    at(5),
  ],
  ['left without an end', 'delete from audit_heads where workspace_id = $1', at(1, 'added')],
];

function at(seq: number, kind = 'changed') {
  return { seq, kind };
}

/** Numbers are unique at each moment: rows step aside first. */
function removedAndClosed(): string {
  return `delete from audit_entries where workspace_id = $1 and seq = 3;
    update audit_entries set seq = seq + 99 where workspace_id = $1 and seq > 3;
    update audit_entries set seq = seq - 100 where workspace_id = $1 and seq > 100`;
}
function putIn(): string {
  return `update audit_entries set seq = seq + 100 where workspace_id = $1 and seq >= 3;
    insert into audit_entries
    select workspace_id, 3, at, actor_id, action, object_kind, object_id, result, ip, user_agent, request_id, details, hash
    from audit_entries where workspace_id = $1 and seq = 2;
    update audit_entries set seq = seq - 99 where workspace_id = $1 and seq > 100`;
}
function exchanged(): string {
  return `update audit_entries set seq = 103 where workspace_id = $1 and seq = 3;
    update audit_entries set seq = 3 where workspace_id = $1 and seq = 4;
    update audit_entries set seq = 4 where workspace_id = $1 and seq = 103`;
}
function added(): string {
  return `insert into audit_entries
    select workspace_id, 7, at, actor_id, action, object_kind, object_id, result, ip, user_agent, request_id, details, hash
    from audit_entries where workspace_id = $1 and seq = 6`;
}

describe('audit.verify', () => {
  it('finds a log intact that nobody touched, and one that has no entry', async () => {
    const ada = await withEntries();
    expect(await ada.trpc.audit.verify.query()).toMatchObject({ isIntact: true, entries: 6, problem: null });
    const bob = await api.createUser('Bob');
    const answer = await api.rest('GET /audit/verification', { as: bob });
    expect(answer).toMatchObject({ status: 200, body: { isIntact: true, entries: 0, problem: null } });
  });

  it.each(tampered)('names the first entry that was %s', async (_what, statements, problem) => {
    const ada = await withEntries();
    for (const statement of statements.split(';')) await owner.query(statement, [ada.workspace.id]);
    const { isIntact, problem: found } = await ada.trpc.audit.verify.query();
    expect({ isIntact, found }).toEqual({ isIntact: false, found: problem });
  });

  it('is for owners of the workspace', async () => {
    const [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
    await owner.query(`insert into memberships (workspace_id, user_id, role) values ($1, $2, 'editor')`, [
      ada.workspace.id,
      bob.user.id,
    ]);
    const headers = { 'troupe-workspace': ada.workspace.id };
    for (const route of ['GET /audit', 'GET /audit/verification', 'GET /audit/export']) {
      const answer = await api.rest(route, { as: bob, headers });
      expect(answer).toMatchObject({ status: 403, body: { code: 'workspace.forbidden' } });
    }
  });
});
