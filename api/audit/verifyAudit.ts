import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { hashEntry } from '../database/audit/AuditEntry.ts';
import { inWorkspace } from '../database/connect.ts';
import { readChain } from './readEntries.ts';
import type { AuditVerification } from './schema.ts';

const AT_ONCE = 1_000;

interface Head {
  readonly seq: number;
  readonly hash: Buffer;
  /** The greatest number of an entry, read at the same moment. */
  readonly last: number;
}

/**
 * Follows the chain from its first entry to where the log says that it ends, and says which entry is the first that is
 * not as it was written: changed, taken out, put in, moved, or cut off at the end.
 */
export async function verifyAudit({ database, caller }: MemberContext): Promise<AuditVerification> {
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const { entries, problem } = await verifyChain(database, transaction, workspaceId);
    return { isIntact: problem === null, entries, problem, checkedAt: new Date().toISOString() };
  });
}

/** The same in a transaction that sees the workspace. */
export async function verifyChain(
  database: Sequelize,
  transaction: Transaction,
  workspaceId: string,
): Promise<Pick<AuditVerification, 'entries' | 'problem'>> {
  const head = await readHead(database, transaction, workspaceId);
  return { entries: head.seq, problem: await findProblem(database, transaction, { workspaceId, head }) };
}

/** In one statement, so that entries written meanwhile do not look as if they stood behind the end. */
async function readHead(database: Sequelize, transaction: Transaction, workspaceId: string): Promise<Head> {
  const [row] = await database.query<{ seq: number | null; hash: Buffer | null; last: number }>(
    `select head.seq, head.hash,
       (select coalesce(max(seq), 0) from audit_entries where workspace_id = $1) as last
     from (select) as one left join audit_heads as head on head.workspace_id = $1`,
    { bind: [workspaceId], transaction, type: QueryTypes.SELECT },
  );
  return { seq: row?.seq ?? 0, hash: row?.hash ?? Buffer.alloc(0), last: row?.last ?? 0 };
}

async function findProblem(
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, head }: { workspaceId: string; head: Head },
): Promise<AuditVerification['problem']> {
  let former: Buffer = Buffer.alloc(0);
  let seq = 0;
  while (seq < head.seq) {
    const limit = Math.min(AT_ONCE, head.seq - seq);
    const chain = await readChain(database, transaction, { workspaceId, after: seq, limit });
    if (chain.length === 0) return { seq: seq + 1, kind: 'missing' };
    for (const { entry, hash } of chain) {
      seq += 1;
      if (entry.seq !== seq) return { seq, kind: 'missing' };
      if (!hashEntry(former, entry).equals(hash)) return { seq, kind: 'changed' };
      former = hash;
    }
  }
  if (!former.equals(head.hash)) return { seq: head.seq, kind: 'changed' };
  return head.last > head.seq ? { seq: head.seq + 1, kind: 'added' } : null;
}
