import type { Sequelize, Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Crew } from '../database/models/Crew.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { removeSimulations } from '../retention/removeSimulations.ts';
import { isOpen } from '../simulations/policy.ts';

/** Removes a crew with its versions and simulations. What still runs of it is stopped. */
export async function deleteCrew(context: MemberContext, crew: Crew): Promise<void> {
  const open = await inWorkspace(context.database, crew.workspaceId, (transaction) =>
    removeCrew(context.database, crew, transaction),
  );
  await Promise.all(open.map((id) => context.engine.abandon(id)));
}

/** Removes its rows; returns the ids of simulations that are to be stopped once the transaction has ended. */
export async function removeCrew(
  database: Sequelize,
  { id, workspaceId }: Pick<Crew, 'id' | 'workspaceId'>,
  transaction: Transaction,
): Promise<string[]> {
  const simulations = await Simulation.findAll({
    attributes: ['id', 'status'],
    where: { workspaceId, crewId: id },
    transaction,
  });
  // Simulations first: their versions cannot go before them.
  const ids = simulations.map((simulation) => simulation.id);
  await removeSimulations(database, { workspaceId, ids }, transaction);
  await Crew.destroy({ where: { workspaceId, id }, transaction });
  return simulations.filter(isOpen).map((simulation) => simulation.id);
}
