import { auditSimulation } from '#api/database/audit/auditSimulation.ts';
import type { Door } from '#api/database/secrets/Door.ts';
import type { SimulationRef } from '#workflows/activities.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';

/** Puts on record that a simulation has used up what it may: it failed for that, or asks for more. */
export async function auditLimits(
  door: Pick<Door, 'inWorkspace'>,
  simulation: Omit<SimulationRef, 'epoch'>,
  events: readonly NewEvent[],
): Promise<void> {
  const limit = events.map(limitIn).find((found) => found !== null);
  if (limit == null) return;
  await auditSimulation(door, simulation, { action: 'limit.reached', result: 'refused', details: { limit } });
}

function limitIn(event: NewEvent): string | null {
  if (event.type === 'simulation.failed')
    return event.data.failure.code === 'limit.exceeded' ? 'limit.exceeded' : null;
  if (event.type !== 'simulation.waiting') return null;
  const { kind } = event.data.waitingFor;
  return kind === 'budget' || kind === 'tokens' ? kind : null;
}
