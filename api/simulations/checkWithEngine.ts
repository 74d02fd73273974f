import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { changeSimulation } from './changeSimulation.ts';
import { type Engine, type EngineState, EngineUnavailable } from './Engine.ts';
import { isInEngine, isOpen } from './policy.ts';
import type { EngineServices, SimulationKey } from './startInEngine.ts';

/** An open simulation as it was found. */
export interface FoundOpen extends SimulationKey {
  readonly epoch: number;
}

/**
 * Asks the engine about a simulation that looks open, and puts on record what the row does not say. False when the
 * engine does not answer.
 */
export async function checkWithEngine(services: EngineServices, found: FoundOpen): Promise<boolean> {
  const state = await inspect(services.engine, found.id);
  if (state === null) return false;
  // The row is looked at after the engine: a run that has closed has written its end before.
  await changeSimulation(services, found, async (row) => {
    // What the engine said of one epoch means nothing for the next.
    const isSameRun = row.epoch === found.epoch && isOpen(row) && isInEngine(row);
    return isSameRun ? differences(row, state) : [];
  });
  return true;
}

async function inspect(engine: Engine, simulationId: string): Promise<EngineState | null> {
  try {
    return await engine.inspect(simulationId);
  } catch (error) {
    if (error instanceof EngineUnavailable) return null;
    throw error;
  }
}

function differences(row: Simulation, state: EngineState): NewEvent[] {
  const isWaitingForEngine = row.status === 'waiting' && row.waitingFor?.kind === 'engine';
  // Numbered by the last event: it may wait for the engine more than once.
  const key = `engine:${row.epoch}:${row.lastSeq}`;
  switch (state) {
    case 'closed':
    case 'missing':
      return [{ key: `engine.lost:${row.epoch}`, type: 'simulation.failed', data: { failure: lost } }];
    case 'failing':
      if (row.status === 'waiting') return [];
      return [
        { key, type: 'simulation.waiting', data: { waitingFor: { kind: 'engine', until: null, by: null } } },
      ];
    case 'running':
      if (!isWaitingForEngine) return [];
      return [{ key, type: 'simulation.resumed', data: { by: null } }];
  }
}

const lost = {
  code: 'engine.lost',
  message:
    'The engine ended this simulation without saying how. Retry continues after the last finished step.',
  path: null,
};
