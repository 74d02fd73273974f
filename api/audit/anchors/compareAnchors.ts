import { QueryTypes, type Sequelize } from 'sequelize';
import { inWorkspace } from '../../database/connect.ts';
import { verifyChain } from '../verifyAudit.ts';
import type { AnchoredHead } from './anchorLines.ts';

/** A log that is not what it was when its end was written down. */
export interface AnchorProblem {
  readonly workspaceId: string;
  readonly seq: number;
  /** `broken`: the chain contradicts itself. The others contradict what was written down. */
  readonly kind: 'missing' | 'rewritten' | 'broken';
}

/**
 * Compares audit logs with where they ended once. Of each workspace the first entry that is not as it was: with what was
 * written down elsewhere, somebody who made a whole chain anew is found as well.
 */
export async function compareAnchors(
  database: Sequelize,
  heads: readonly AnchoredHead[],
): Promise<AnchorProblem[]> {
  const problems: AnchorProblem[] = [];
  for (const [workspaceId, anchored] of Map.groupBy(heads, (head) => head.workspaceId)) {
    const problem = await firstProblem(database, workspaceId, anchored);
    if (problem) problems.push({ workspaceId, ...problem });
  }
  return problems;
}

const firstProblem = (database: Sequelize, workspaceId: string, anchored: readonly AnchoredHead[]) =>
  inWorkspace(
    database,
    workspaceId,
    async (transaction): Promise<Omit<AnchorProblem, 'workspaceId'> | null> => {
      const rows = await database.query<{ seq: number; hash: string }>(
        `select seq, encode(hash, 'hex') as hash from audit_entries where workspace_id = $1 and seq = any($2::integer[])`,
        { bind: [workspaceId, anchored.map(({ seq }) => seq)], transaction, type: QueryTypes.SELECT },
      );
      const known = new Map(rows.map(({ seq, hash }) => [seq, hash]));
      const other = anchored
        .filter(({ seq, hash }) => known.get(seq) !== hash)
        .toSorted((a, b) => a.seq - b.seq)[0];
      if (other) return { seq: other.seq, kind: known.has(other.seq) ? 'rewritten' : 'missing' };
      // Hashes alone could have been left as they were, over other entries.
      const { problem } = await verifyChain(database, transaction, workspaceId);
      return problem && { seq: problem.seq, kind: 'broken' };
    },
  );
