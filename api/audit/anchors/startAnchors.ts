import type { Logger } from 'pino';
import { QueryTypes, type Sequelize } from 'sequelize';
import { asCaretaker } from '../../database/connect.ts';
import { startRounds } from '../../database/startRounds.ts';
import { type AnchoredHead, writeHead } from './anchorLines.ts';

const DAY_MS = 24 * 3_600_000;
/** A line of this many is shorter than 16 kB, at which Docker cuts lines. */
const HEADS_A_LINE = 100;

export interface Anchors {
  /** Writes once more what was added since. */
  stop(): Promise<void>;
}

interface Parts {
  readonly database: Sequelize;
  readonly log: Logger;
}

/**
 * Writes where each audit log ends into the log of the process: at the start all of them, each day and at the end those
 * that have grown. Whoever owns the tables could make a whole chain anew; what is in the log already they cannot change.
 */
export function startAnchors({ database, log }: Parts): Anchors {
  const written = new Map<string, number>();
  const anchor = () => writeAnchors({ database, log }, written);
  const onError = (error: unknown) =>
    log.warn({ err: error }, 'The ends of the audit logs were not written down');
  const rounds = startRounds(anchor, { pauseMs: DAY_MS, onError });
  return {
    async stop() {
      await rounds.stop();
      await anchor().catch(onError);
    },
  };
}

/** Of the workspaces in `written` nothing that is in there; what is written goes in there. */
export async function writeAnchors({ database, log }: Parts, written: Map<string, number>): Promise<void> {
  const heads = await readHeads(database);
  const entries = heads.reduce((sum, { seq }) => sum + seq, 0);
  const grown = heads.filter(({ workspaceId, seq }) => (written.get(workspaceId) ?? 0) < seq);
  const all = { workspaces: heads.length, entries };
  // One line at least: that nothing was added is worth knowing, too.
  for (let from = 0; from === 0 || from < grown.length; from += HEADS_A_LINE) {
    const auditHeads = grown.slice(from, from + HEADS_A_LINE).map(writeHead);
    log.info({ auditAnchor: { ...all, heads: auditHeads } }, 'Where the audit logs end');
  }
  for (const { workspaceId, seq } of grown) written.set(workspaceId, seq);
}

const readHeads = (database: Sequelize): Promise<AnchoredHead[]> =>
  asCaretaker(database, (transaction) =>
    database.query<AnchoredHead>(
      `select workspace_id as "workspaceId", seq, encode(hash, 'hex') as hash from audit_heads
       where seq > 0 order by workspace_id`,
      { transaction, type: QueryTypes.SELECT },
    ),
  );
