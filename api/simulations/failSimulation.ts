import { changeSimulation } from './changeSimulation.ts';
import type { EngineServices, SimulationKey } from './startInEngine.ts';

/** Puts a failure on record that the workflow cannot tell itself. Only of a simulation that is still open. */
export async function failSimulation(
  services: EngineServices,
  key: SimulationKey,
  { code, message }: { code: string; message: string },
): Promise<void> {
  await changeSimulation(services, key, async (row) => [
    {
      key: `${code}:${row.epoch}`,
      type: 'simulation.failed',
      data: { failure: { code, message, path: null } },
    },
  ]);
}
