import { QueryTypes } from 'sequelize';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { listMemberships } from '../../workspaces/memberships.ts';
import type { CopyElsewhere, Elsewhere } from './schema.ts';

/** What a copy was made of: null when it is none, or when the original is not the caller's to read. */
export async function findOriginal(context: MemberContext, copy: Simulation): Promise<Elsewhere | null> {
  const { copiedFrom } = copy;
  if (!copiedFrom) return null;
  const place = (await listMemberships(context.database, context.caller.user.id)).find(
    ({ id }) => id === copiedFrom.workspaceId,
  );
  if (!place) return null;
  const { simulationId, workspaceId } = copiedFrom;
  const exists = await inWorkspace(context.database, workspaceId, (transaction) =>
    Simulation.count({ where: { workspaceId, id: simulationId }, transaction }),
  );
  return exists > 0 ? { simulationId, workspaceId, workspaceName: place.name } : null;
}

/** Where else among the caller's workspaces simulations were brought to be forked there. */
export async function findCopies(
  context: MemberContext,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: readonly string[] },
): Promise<CopyElsewhere[]> {
  const { database } = context;
  const copies: CopyElsewhere[] = [];
  for (const place of await listMemberships(context.database, context.caller.user.id)) {
    if (place.id === workspaceId) continue;
    const found = await inWorkspace(database, place.id, (transaction) =>
      database.query<Pick<CopyElsewhere, 'of' | 'simulationId' | 'forks'>>(COPIES, {
        bind: [place.id, ids],
        transaction,
        type: QueryTypes.SELECT,
      }),
    );
    copies.push(...found.map((copy) => ({ ...copy, workspaceId: place.id, workspaceName: place.name })));
  }
  return copies;
}

const COPIES = `
select s.copied_from ->> 'simulationId' as of, s.id as "simulationId",
  (select count(*)::integer from simulations f where f.workspace_id = $1 and f.forked_from = s.id) as forks
from simulations s
where s.workspace_id = $1 and s.copied_from ->> 'simulationId' = any($2::text[])
order by s.created_at, s.id`;
