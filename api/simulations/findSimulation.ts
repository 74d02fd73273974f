import type { Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { notFound } from '../errors.ts';

/** A simulation of the caller’s workspace. Somebody else’s is as little there as one that never was. */
export const findSimulation = ({ database, caller }: MemberContext, id: string): Promise<Simulation> =>
  inWorkspace(database, caller.workspace.id, (transaction) => lookUp(caller.workspace.id, id, transaction));

/** The same, holding the row until the transaction ends. */
export const lockSimulation = (
  workspaceId: string,
  id: string,
  transaction: Transaction,
): Promise<Simulation> => lookUp(workspaceId, id, transaction, true);

async function lookUp(workspaceId: string, id: string, transaction: Transaction, lock = false) {
  const simulation = await Simulation.findOne({ where: { workspaceId, id }, transaction, lock });
  if (!simulation) throw notFound('simulation');
  return simulation;
}
