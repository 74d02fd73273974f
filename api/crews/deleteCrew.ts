import type { Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Crew } from '../database/models/Crew.ts';
import { Simulation } from '../database/models/Simulation.ts';

/** Removes a crew with its versions and simulations. What still runs of it is stopped. */
export async function deleteCrew(context: MemberContext, crew: Crew): Promise<void> {
  const open = await inWorkspace(context.database, crew.workspaceId, (transaction) =>
    removeCrew(crew, transaction),
  );
  await Promise.all(open.map((id) => context.engine.abandon(id)));
}

/** Removes its rows; returns the ids of simulations that are to be stopped once the transaction has ended. */
export async function removeCrew(
  { id, workspaceId }: Pick<Crew, 'id' | 'workspaceId'>,
  transaction: Transaction,
): Promise<string[]> {
  const open = await Simulation.findAll({
    attributes: ['id'],
    where: { workspaceId, crewId: id, status: ['queued', 'running', 'waiting'] },
    transaction,
  });
  // Simulations first: their versions cannot go before them.
  await Simulation.destroy({ where: { workspaceId, crewId: id }, transaction });
  await Crew.destroy({ where: { workspaceId, id }, transaction });
  return open.map((simulation) => simulation.id);
}
