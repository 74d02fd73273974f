import { QueryTypes } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { notFound } from '../errors.ts';
import { listMemberships, type OwnMembership } from './memberships.ts';
import type { LocateThing } from './schema.ts';

const TABLES: Readonly<Record<LocateThing['kind'], string>> = {
  crew: 'crews',
  agent: 'agents',
  simulation: 'simulations',
  knowledge: 'knowledge_bases',
  question: 'questions',
};

/** Which of the caller’s workspaces has a thing that a link leads to. */
export async function locateThing(
  { database, caller }: MemberContext,
  { kind, id }: LocateThing,
): Promise<OwnMembership> {
  for (const membership of await listMemberships(database, caller.user.id)) {
    const found = await inWorkspace(database, membership.id, (transaction) =>
      database.query(`select from ${TABLES[kind]} where workspace_id = $1 and id = $2`, {
        bind: [membership.id, id],
        transaction,
        type: QueryTypes.SELECT,
      }),
    );
    if (found.length > 0) return membership;
  }
  throw notFound(kind);
}
