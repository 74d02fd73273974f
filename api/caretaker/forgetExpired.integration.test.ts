import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestApi, type TestApi } from '../testing/openTestApi.ts';
import { forgetExpired } from './forgetExpired.ts';

const HOUR = 3_600_000;

let api: TestApi;
let owner: pg.Client;
beforeAll(async () => {
  api = await openTestApi();
  owner = new pg.Client({ connectionString: String(process.env.TEST_DATABASE_OWNER_URL) });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await api.close();
});

/** What is left of one person, table by table. */
async function rowsOf(userId: string, workspaceId: string): Promise<Record<string, number>> {
  const { rows } = await owner.query<{ name: string; count: number }>(
    `select 'sessions' as name, count(*)::integer from sessions where user_id = $1
     union all select 'login_challenges', count(*)::integer from login_challenges where user_id = $1
     union all select 'one_time_tokens', count(*)::integer from one_time_tokens where user_id = $1
     union all select 'idempotency_keys', count(*)::integer from idempotency_keys where workspace_id = $2
     union all select 'invitations', count(*)::integer from invitations where workspace_id = $2`,
    [userId, workspaceId],
  );
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

it('forgets sessions, challenges, links, mails, keys of starts and invitations that have had their time, and no others', async () => {
  const ada = await api.createUser('Ada');
  const [userId, workspaceId] = [ada.user.id, ada.workspace.id];
  const mail = randomUUID();
  const now = Date.now();
  for (const [endedAt, madeAt] of [
    [new Date(now - HOUR), new Date(now - 31 * 24 * HOUR)],
    [new Date(now + HOUR), new Date(now - HOUR)],
  ]) {
    const id = randomUUID();
    const hash = createHash('sha256').update(id).digest();
    await owner.query('insert into login_challenges (token_hash, user_id, expires_at) values ($1, $2, $3)', [
      hash,
      userId,
      endedAt,
    ]);
    await owner.query(
      `insert into one_time_tokens (id, purpose, subject, token_hash, user_id, expires_at)
       values ($1, 'test', $2, $3, $4, $5)`,
      [id, id, hash, userId, endedAt],
    );
    await owner.query('insert into sessions (id_hash, user_id, expires_at) values ($1, $2, $3)', [
      id,
      userId,
      endedAt,
    ]);
    await owner.query(
      `insert into idempotency_keys (workspace_id, key, body_hash, simulation_id, created_at)
       values ($1, $2, 'x', $3, $4)`,
      [workspaceId, id, id, madeAt],
    );
    await owner.query(
      `insert into invitations (workspace_id, id, email, role, expires_at) values ($1, $2, $3, 'viewer', $4)`,
      [workspaceId, id, id, madeAt],
    );
  }
  await owner.query(
    `insert into account_mails (id, key_id, letter, created_at) values ($1, 'x', '', now() - interval '8 days')`,
    [mail],
  );

  await forgetExpired(api.services);

  expect(await rowsOf(userId, workspaceId)).toMatchObject({
    // The one that the test signs in with, and the one that has not ended.
    sessions: 2,
    login_challenges: 1,
    one_time_tokens: 1,
    idempotency_keys: 1,
    invitations: 1,
  });
  const mails = await owner.query('select 1 from account_mails where id = $1', [mail]);
  expect(mails.rowCount).toBe(0);
});
