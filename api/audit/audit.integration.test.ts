import { QueryTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashEntry } from '../database/audit/AuditEntry.ts';
import { recordAudit } from '../database/audit/recordAudit.ts';
import { inWorkspace } from '../database/connect.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  ada = await api.createUser('Ada');
});
afterAll(() => api.close());

const record = (number: number) =>
  recordAudit(api.database, {
    workspaceId: ada.workspace.id,
    actorId: ada.user.id,
    action: 'members.invite',
    object: { kind: 'invitation', id: String(number) },
    result: 'ok',
    ip: '127.0.0.1',
    userAgent: 'test',
    requestId: 'r',
    details: { role: 'viewer', number },
  });

const inOwn = <T extends object>(statement: string): Promise<T[]> =>
  inWorkspace(api.database, ada.workspace.id, (transaction) =>
    api.database.query<T>(statement, { transaction, type: QueryTypes.SELECT }),
  );

describe('the audit log', () => {
  it('numbers entries without a gap, however many are written at once, each bound to the one before', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, number) => record(number)));
    const rows = await inOwn<{ seq: number; at: Date; object_id: string; hash: Buffer }>(
      'select seq, at, object_id, hash from audit_entries order by seq',
    );
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    let former: Buffer = Buffer.alloc(0);
    for (const { seq, at, object_id, hash } of rows) {
      former = hashEntry(former, {
        workspaceId: ada.workspace.id,
        actorId: ada.user.id,
        action: 'members.invite',
        object: { kind: 'invitation', id: object_id },
        result: 'ok',
        ip: '127.0.0.1',
        userAgent: 'test',
        requestId: 'r',
        details: { number: Number(object_id), role: 'viewer' },
        seq,
        at,
      });
      expect(hash.equals(former)).toBe(true);
    }
  });

  it.each(['update audit_entries set ip = $$x$$', 'delete from audit_entries', 'delete from audit_heads'])(
    'cannot be changed by the application: %s',
    async (statement) => {
      await record(0);
      await expect(inOwn(statement)).rejects.toThrow('permission denied');
    },
  );

  it('is not seen from other workspaces', async () => {
    await record(0);
    const bob = await api.createUser('Bob');
    const seen = await inWorkspace(api.database, bob.workspace.id, (transaction) =>
      api.database.query('select seq from audit_entries', { transaction, type: QueryTypes.SELECT }),
    );
    expect(seen).toEqual([]);
  });
});
