import type { Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Crew } from '../database/models/Crew.ts';
import { notFound } from '../errors.ts';

/** A crew of the caller’s workspace. Somebody else’s is as little there as one that never was. */
export const findCrew = ({ database, caller }: MemberContext, id: string): Promise<Crew> =>
  inWorkspace(database, caller.workspace.id, (transaction) => lookUp(caller.workspace.id, id, transaction));

/** The same, holding the row until the transaction ends. */
export const lockCrew = (workspaceId: string, id: string, transaction: Transaction): Promise<Crew> =>
  lookUp(workspaceId, id, transaction, true);

async function lookUp(
  workspaceId: string,
  id: string,
  transaction: Transaction,
  lock = false,
): Promise<Crew> {
  const crew = await Crew.findOne({ where: { workspaceId, id }, transaction, lock });
  if (!crew) throw notFound('crew');
  return crew;
}
