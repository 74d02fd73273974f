import { Op } from 'sequelize';
import type { z } from 'zod';
import { findSoloCrew } from '../agents/soloCrew.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { latestFirst } from '../pages.ts';
import { readRetention } from '../retention/readRetention.ts';
import { presentListed } from './present.ts';
import { readTotals } from './readTotals.ts';
import type { ListSimulations, SimulationPage } from './schema.ts';

/** Newest first. */
export function listSimulations(
  { database, caller }: MemberContext,
  { crewId, agentId, status, ...page }: z.infer<typeof ListSimulations>,
): Promise<z.infer<typeof SimulationPage>> {
  const list = latestFirst('createdAt', page);
  return inWorkspace(database, caller.workspace.id, async (transaction) => {
    const tried = agentId
      ? await findSoloCrew({ workspaceId: caller.workspace.id, id: agentId }, transaction)
      : null;
    const rows = await Simulation.findAll({
      where: {
        workspaceId: caller.workspace.id,
        // What was copied to be forked did not run here.
        copiedFrom: null,
        ...(crewId && { crewId }),
        // Null finds none: of an agent that was never tried, or is not here.
        ...(agentId && { [Op.and]: { crewId: tried?.id ?? null } }),
        ...(status && { status }),
        ...list.where,
      },
      ...list.range,
      transaction,
    });
    const found = list.toPage(rows);
    const ids = found.items.map((row) => row.id);
    const totalsOf = await readTotals(database, transaction, ids);
    const retention = await readRetention(caller.workspace.id, transaction);
    return { ...found, items: found.items.map((row) => presentListed(row, totalsOf(row.id), retention)) };
  });
}
