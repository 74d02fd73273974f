import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Crew } from '../database/models/Crew.ts';
import { Simulation } from '../database/models/Simulation.ts';

/** Removes a crew with its versions and simulations. What still runs of it is stopped. */
export async function deleteCrew(context: MemberContext, { id, workspaceId }: Crew): Promise<void> {
  const open = await inWorkspace(context.database, workspaceId, async (transaction) => {
    const simulations = await Simulation.findAll({
      attributes: ['id'],
      where: { workspaceId, crewId: id, status: ['queued', 'running', 'waiting'] },
      transaction,
    });
    // Simulations first: their versions cannot go before them.
    await Simulation.destroy({ where: { workspaceId, crewId: id }, transaction });
    await Crew.destroy({ where: { workspaceId, id }, transaction });
    return simulations;
  });
  await Promise.all(open.map((simulation) => context.engine.abandon(simulation.id)));
}
