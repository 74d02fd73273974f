import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashEntry } from '../../database/audit/AuditEntry.ts';
import { recordAudit } from '../../database/audit/recordAudit.ts';
import { inWorkspace } from '../../database/connect.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/createTestDatabase.ts';
import { openTestApi, type TestApi, type TestUser } from '../../testing/openTestApi.ts';
import { readChain } from '../readEntries.ts';
import { type AnchoredHead, readAnchorLine } from './anchorLines.ts';
import { compareAnchors } from './compareAnchors.ts';
import { writeAnchors } from './startAnchors.ts';

let own: TestDatabase;
let api: TestApi;
/** Who owns the tables. */
let owner: pg.Client;
beforeAll(async () => {
  own = await createTestDatabase();
  api = await openTestApi({ databaseUrl: own.url });
  owner = new pg.Client({ connectionString: own.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await api.close();
  await own.drop();
});

const act = ({ workspace, user }: TestUser) =>
  recordAudit(api.database, {
    workspaceId: workspace.id,
    actorId: user.id,
    action: 'members.invite',
    result: 'ok',
    ip: '127.0.0.1',
    userAgent: 'test',
    requestId: 'r',
  });

async function withEntries(count: number): Promise<TestUser> {
  const user = await api.createUser('Ada');
  for (let number = 0; number < count; number += 1) await act(user);
  return user;
}

/** What the log says by then. */
async function anchor(written = new Map<string, number>()): Promise<AnchoredHead[]> {
  const lines: string[] = [];
  const log = pino({}, { write: (line) => lines.push(line) });
  await writeAnchors({ database: api.database, log }, written);
  return lines.flatMap((line) => readAnchorLine(`api-1  | ${line}`));
}
const of = (user: TestUser, heads: readonly AnchoredHead[]) =>
  heads.filter(({ workspaceId }) => workspaceId === user.workspace.id);

/** As who owns the tables would: another history, whole, with hashes that are right and an end that fits. */
async function rewrite({ workspace: { id: workspaceId } }: TestUser): Promise<void> {
  const chain = await inWorkspace(api.database, workspaceId, (transaction) =>
    readChain(api.database, transaction, { workspaceId, after: 0, limit: 100 }),
  );
  let former: Buffer = Buffer.alloc(0);
  for (const { entry } of chain) {
    former = hashEntry(former, { ...entry, actorId: null });
    await owner.query(
      'update audit_entries set actor_id = null, hash = $3 where workspace_id = $1 and seq = $2',
      [workspaceId, entry.seq, former],
    );
  }
  await owner.query('update audit_heads set hash = $2 where workspace_id = $1', [workspaceId, former]);
}

describe('the ends of audit logs, written where the owner of the tables cannot reach', () => {
  it('are found again however much was added, and only what has grown is written anew', async () => {
    const ada = await withEntries(3);
    const written = new Map<string, number>();
    const first = of(ada, await anchor(written));
    expect(first).toEqual([
      { workspaceId: ada.workspace.id, seq: 3, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(of(ada, await anchor(written))).toEqual([]);
    await act(ada);
    const second = of(ada, await anchor(written));
    expect(second.map(({ seq }) => seq)).toEqual([4]);
    expect(await compareAnchors(api.database, [...first, ...second])).toEqual([]);
  });

  it('show who made a whole chain anew, which by itself is without a fault', async () => {
    const ada = await withEntries(3);
    const heads = of(ada, await anchor());
    await rewrite(ada);
    expect(await ada.trpc.audit.verify.query()).toMatchObject({ isIntact: true });
    expect(await compareAnchors(api.database, heads)).toEqual([
      { workspaceId: ada.workspace.id, seq: 3, kind: 'rewritten' },
    ]);
  });

  it('show who took out a log with its end, and who changed entries beneath their hashes', async () => {
    const [gone, changed] = [await withEntries(2), await withEntries(2)];
    const heads = await anchor();
    const both = [...of(gone, heads), ...of(changed, heads)];
    for (const table of ['audit_entries', 'audit_heads'])
      await owner.query(`delete from ${table} where workspace_id = $1`, [gone.workspace.id]);
    await owner.query(`update audit_entries set ip = '::1' where workspace_id = $1 and seq = 1`, [
      changed.workspace.id,
    ]);
    expect(await compareAnchors(api.database, both)).toEqual([
      { workspaceId: gone.workspace.id, seq: 2, kind: 'missing' },
      { workspaceId: changed.workspace.id, seq: 1, kind: 'broken' },
    ]);
  });
});
