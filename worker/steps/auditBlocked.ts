import { auditSimulation } from '#api/database/audit/auditSimulation.ts';
import type { Door } from '#api/database/secrets/Door.ts';
import type { SimulationRef } from '#workflows/activities.ts';
import type { EgressBlocked } from '../tools/egress/EgressBlocked.ts';

export interface Blocked extends Pick<EgressBlocked, 'reason' | 'host'> {
  /** Of what kind it was that wanted out. */
  readonly tool: string;
}

/** Puts on record that the door stayed shut for a simulation: once for each place, however often it is tried. */
export const auditBlocked = (
  door: Pick<Door, 'inWorkspace'>,
  simulation: Omit<SimulationRef, 'epoch'>,
  { reason, host = null, tool }: { [K in keyof Blocked]: Blocked[K] | null },
): Promise<void> =>
  auditSimulation(door, simulation, {
    action: 'egress.blocked',
    result: 'refused',
    details: { reason, host, tool: tool?.slice(0, 100) ?? null },
  });
