import { QueryTypes, type Transaction } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { asMember } from '../database/connect.ts';
import { likeAnywhere } from '../database/likeAnywhere.ts';
import { notFound } from '../errors.ts';
import { readCursor, toPage } from '../pages.ts';
import type { ListMemories, MemoryPage, MemoryScopes, MemoryView } from './schema.ts';

/** The caller's view of what crews of the workspace remember for them. */
const ownMemories = <T>(
  { database, caller }: MemberContext,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> => asMember(database, { workspaceId: caller.workspace.id, userId: caller.user.id }, work);

type MemoryRow = Omit<MemoryView, 'createdAt'> & { readonly createdAt: Date };

/** Learnt last first. */
export async function listMemories(
  context: MemberContext,
  { crewId, agent, search, cursor, limit }: z.infer<typeof ListMemories>,
): Promise<z.infer<typeof MemoryPage>> {
  const { workspace, user } = context.caller;
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await ownMemories(context, (transaction) =>
    context.database.query<MemoryRow>(
      `select memory.id, memory.crew_id as "crewId", crew.name as "crewName", memory.agent, memory.text,
         memory.importance, simulation.id as "simulationId",
         -- Pages begin behind a time that is told in milliseconds.
         date_trunc('milliseconds', memory.created_at) as "createdAt"
       from memories as memory
       join crews as crew on crew.workspace_id = memory.workspace_id and crew.id = memory.crew_id
       left join simulations as simulation
         on simulation.workspace_id = memory.workspace_id and simulation.id = memory.simulation_id
       where memory.workspace_id = $1 and memory.user_id = $2
         and ($3::uuid is null or memory.crew_id = $3::uuid)
         and ($4::text is null or memory.agent = $4::text)
         and ($5::text is null or memory.text ilike $5::text)
         and ($6::timestamptz is null
           or (date_trunc('milliseconds', memory.created_at), memory.id) < ($6::timestamptz, $7::uuid))
       order by date_trunc('milliseconds', memory.created_at) desc, memory.id desc limit $8`,
      {
        bind: [
          workspace.id,
          user.id,
          crewId ?? null,
          agent ?? null,
          search ? likeAnywhere(search) : null,
          after?.at ?? null,
          after?.id ?? null,
          limit + 1,
        ],
        transaction,
        type: QueryTypes.SELECT,
      },
    ),
  );
  const page = toPage(rows, limit, ({ createdAt: at, id }) => ({ at, id }));
  return {
    ...page,
    items: page.items.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() })),
  };
}

interface ScopeRow {
  readonly crewId: string;
  readonly crewName: string;
  readonly role: string;
  readonly count: number;
}

/** Which crews remember something for the caller, and who in them learnt how much. */
export async function listScopes(context: MemberContext): Promise<z.infer<typeof MemoryScopes>> {
  const { workspace, user } = context.caller;
  const rows = await ownMemories(context, (transaction) =>
    context.database.query<ScopeRow>(
      `select crew.id as "crewId", crew.name as "crewName", memory.agent as role, count(*)::integer as count
       from memories as memory join crews as crew
         on crew.workspace_id = memory.workspace_id and crew.id = memory.crew_id
       where memory.workspace_id = $1 and memory.user_id = $2
       group by crew.id, crew.name, memory.agent order by crew.name, crew.id, memory.agent`,
      { bind: [workspace.id, user.id], transaction, type: QueryTypes.SELECT },
    ),
  );
  const crews = Map.groupBy(rows, ({ crewId }) => crewId);
  return {
    items: [...crews].map(([crewId, agents]) => ({
      crewId,
      crewName: agents[0]?.crewName ?? '',
      count: agents.reduce((sum, { count }) => sum + count, 0),
      agents: agents.map(({ role, count }) => ({ role, count })),
    })),
  };
}

/** Whether the caller has that memory. */
export async function findMemory(context: MemberContext, id: string): Promise<string> {
  const rows = await ownMemories(context, (transaction) =>
    context.database.query('select id from memories where workspace_id = $1 and user_id = $2 and id = $3', {
      bind: [context.caller.workspace.id, context.caller.user.id, id],
      transaction,
      type: QueryTypes.SELECT,
    }),
  );
  if (rows.length === 0) throw notFound('memory');
  return id;
}

/** Forgets one thing, or all that a crew remembers for the caller. How many they were. */
export function forget(
  context: MemberContext,
  which: { readonly id: string } | { readonly crewId: string },
): Promise<number> {
  const [column, value] = 'id' in which ? ['id', which.id] : ['crew_id', which.crewId];
  const { workspace, user } = context.caller;
  return ownMemories(context, async (transaction) => {
    const rows = await context.database.query<{ id: string }>(
      `delete from memories where workspace_id = $1 and user_id = $2 and ${column} = $3 returning id`,
      { bind: [workspace.id, user.id, value], transaction, type: QueryTypes.SELECT },
    );
    return rows.length;
  });
}
