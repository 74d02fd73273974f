import { Op, type WhereOptions } from 'sequelize';
import { inWorkspace } from '../../database/connect.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { changeSimulation } from '../../simulations/changeSimulation.ts';
import { deliverCommand } from '../../simulations/deliverCommand.ts';
import { isInEngine, isOpen } from '../../simulations/policy.ts';
import type { EngineServices, SimulationKey } from '../../simulations/startInEngine.ts';
import { type CommandedBy, writeCommandAs } from '../../simulations/writeCommand.ts';
import { readStop, type Stop } from './readStop.ts';

const AT_ONCE = 20;
const OPEN = ['queued', 'running', 'waiting'];

/** Nobody by name: those who are paused by it may not know who looks after the installation. */
const commandedBy = (stop: Pick<Stop, 'byAdmin' | 'byUser'>): CommandedBy => ({
  id: stop.byUser,
  name: stop.byAdmin ? 'an administrator' : 'the owner of the workspace',
});

/** Pauses what runs in a workspace that is stopped, each with a mark that says why. */
export async function holdSimulations(services: EngineServices, workspaceId: string): Promise<void> {
  await eachOpen(services, workspaceId, { wanted: 'run' }, (key) => holdSimulation(services, key));
}

/** Lets go on what the stop paused, and nothing that somebody had paused before. */
export async function releaseSimulations(services: EngineServices, workspaceId: string): Promise<void> {
  await eachOpen(services, workspaceId, { pausedByStop: true }, (key) => releaseSimulation(services, key));
}

/** False when the engine does not answer: it is delivered later, and the ledger refuses each step meanwhile. */
export async function holdSimulation(services: EngineServices, key: SimulationKey): Promise<boolean> {
  const row = await changeSimulation(services, key, async (simulation, transaction) => {
    const stop = await readStop(services.database, transaction, key.workspaceId);
    if (!stop || !isOpen(simulation) || simulation.wanted !== 'run') return [];
    await writeCommandAs(commandedBy(stop), simulation, 'pause', transaction);
    await simulation.update({ pausedByStop: true }, { transaction });
    return [];
  });
  return deliverIfNew(services, key, row);
}

export async function releaseSimulation(services: EngineServices, key: SimulationKey): Promise<boolean> {
  const row = await changeSimulation(services, key, async (simulation, transaction) => {
    if (await readStop(services.database, transaction, key.workspaceId)) return [];
    await simulation.update({ pausedByStop: false }, { transaction });
    // Also one that met the stop at its next step, before anybody had paused it.
    const isHeld = simulation.wanted === 'pause' || isPausedUnasked(simulation);
    if (isOpen(simulation) && isHeld)
      await writeCommandAs({ id: null, name: 'the workspace' }, simulation, 'resume', transaction);
    return [];
  });
  return deliverIfNew(services, key, row);
}

const isPausedUnasked = ({ wanted, status, waitingFor }: Simulation): boolean =>
  wanted === 'run' && status === 'waiting' && waitingFor?.kind === 'paused';

async function deliverIfNew(
  services: EngineServices,
  key: SimulationKey,
  row: Simulation | null,
): Promise<boolean> {
  if (!row || !isOpen(row) || !isInEngine(row) || row.commandDelivered >= row.commandSeq) return true;
  return deliverCommand(services, key);
}

/** Some at a time, in pages: whatever is done to one takes it out of the next page, or makes it come after. */
async function eachOpen(
  { database }: EngineServices,
  workspaceId: string,
  which: WhereOptions<Simulation>,
  act: (key: SimulationKey) => Promise<boolean>,
): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await inWorkspace(database, workspaceId, (transaction) =>
      Simulation.findAll({
        attributes: ['id'],
        where: { ...which, workspaceId, status: OPEN, ...(after !== '' && { id: { [Op.gt]: after } }) },
        order: ['id'],
        limit: AT_ONCE,
        transaction,
      }),
    );
    await Promise.all(rows.map(({ id }) => act({ workspaceId, id })));
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)?.id ?? '';
  }
}
