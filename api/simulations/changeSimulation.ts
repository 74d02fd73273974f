import type { Transaction } from 'sequelize';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { inWorkspace } from '../database/connect.ts';
import { appendEvents } from '../database/ledger/appendEvents.ts';
import { Simulation } from '../database/models/Simulation.ts';
import type { EngineServices, SimulationKey } from './startInEngine.ts';

/**
 * Locks a simulation, lets `decide` look at it and change it, stores the events that it returns and tells followers.
 * Returns the row as it is afterwards, or null when there is none.
 */
export async function changeSimulation(
  { database, live }: Pick<EngineServices, 'database' | 'live'>,
  { workspaceId, id }: SimulationKey,
  decide: (row: Simulation, transaction: Transaction) => Promise<readonly NewEvent[]>,
): Promise<Simulation | null> {
  const changed = await inWorkspace(database, workspaceId, async (transaction) => {
    const row = await Simulation.findOne({ where: { workspaceId, id }, transaction, lock: true });
    if (!row) return null;
    const events = await decide(row, transaction);
    if (events.length === 0) return { row, seq: null };
    const seq = await appendEvents(transaction, { workspaceId, simulationId: id, events });
    return { row: await row.reload({ transaction }), seq };
  });
  if (changed?.seq != null) live.publish({ kind: 'events', simulationId: id, seq: changed.seq });
  return changed?.row ?? null;
}
