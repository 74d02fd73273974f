import { Op } from 'sequelize';
import { inWorkspace } from '../database/connect.ts';
import { Command } from '../database/models/Command.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { EngineRefused, EngineUnavailable } from './Engine.ts';
import type { EngineServices, SimulationKey } from './startInEngine.ts';

/**
 * Sends the last command of a simulation to its workflow: an older one has nothing more to say. False when the
 * engine does not answer: the sweeper sends it again, and the engine takes each number once.
 */
export async function deliverCommand(
  { database, engine, log }: EngineServices,
  key: SimulationKey,
): Promise<boolean> {
  const command = await inWorkspace(database, key.workspaceId, (transaction) =>
    Command.findOne({
      where: { workspaceId: key.workspaceId, simulationId: key.id },
      order: [['seq', 'DESC']],
      transaction,
    }),
  );
  // A retry is delivered by starting the next run.
  if (!command || command.kind === 'retry') return true;
  try {
    await engine.send(key.id, command.kind, { seq: command.seq, by: command.byName });
  } catch (error) {
    if (!(error instanceof EngineUnavailable || error instanceof EngineRefused)) throw error;
    log.warn({ simulationId: key.id, kind: command.kind }, 'A command could not be delivered yet');
    return false;
  }
  // Also when the run is gone: nobody is left to obey, and the sweeper tells how it ended.
  await inWorkspace(database, key.workspaceId, (transaction) =>
    Simulation.update(
      { commandDelivered: command.seq },
      { where: { ...key, commandDelivered: { [Op.lt]: command.seq } }, silent: true, transaction },
    ),
  );
  return true;
}
