import { Op, type Sequelize, type Transaction } from 'sequelize';
import type { RunInput } from '#workflows/activities.ts';
import { packFinished } from '#workflows/finishedTasks.ts';
import { Plan } from '#workflows/graph/planSchema.ts';
import { toControlPlan } from '#workflows/plan.ts';
import type { Services } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { cutPlan } from '../database/ledger/reuse/neighbours.ts';
import { CrewVersion } from '../database/models/CrewVersion.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { deliverCommand } from './deliverCommand.ts';
import { EngineRefused, EngineUnavailable } from './Engine.ts';
import { failSimulation } from './failSimulation.ts';
import { readFinishedTasks } from './readFinishedTasks.ts';
import { readGenerations } from './readGenerations.ts';

/** A simulation’s row, whoever asks. */
export interface SimulationKey {
  readonly workspaceId: string;
  readonly id: string;
}

export type EngineServices = Pick<Services, 'database' | 'engine' | 'live' | 'log'>;

/**
 * Starts an accepted simulation. False when the engine does not answer: it stays queued, for the sweeper.
 */
export async function tryStartInEngine(services: EngineServices, key: SimulationKey): Promise<boolean> {
  try {
    await startInEngine(services, key);
    return true;
  } catch (error) {
    if (error instanceof EngineRefused) {
      services.log.error({ err: error, simulationId: key.id }, 'The engine refuses a simulation');
      const message = 'The engine refused to start this simulation.';
      await failSimulation(services, key, { code: 'engine.refused', message });
      return true;
    }
    if (!(error instanceof EngineUnavailable)) throw error;
    services.log.warn({ simulationId: key.id }, 'The engine does not answer; the start will be tried again');
    return false;
  }
}

async function startInEngine(services: EngineServices, key: SimulationKey): Promise<void> {
  const { database, engine } = services;
  const run = await inWorkspace(database, key.workspaceId, (transaction) =>
    prepareRun(database, transaction, key),
  );
  if (!run) return;
  const outcome = await engine.start(run.input, toControlPlan(run.plan));
  // An earlier run that is about to close keeps the place; the sweeper asks again.
  if (outcome === 'busy') return;
  const { epoch, commandSeq } = run.input;
  const hasNewCommand = await inWorkspace(database, key.workspaceId, async (transaction) => {
    await Simulation.update(
      { startedInEngine: epoch, commandDelivered: commandSeq },
      { where: { ...key, epoch, startedInEngine: { [Op.lt]: epoch } }, transaction },
    );
    const row = await Simulation.findOne({ attributes: ['commandSeq'], where: { ...key }, transaction });
    return row !== null && row.commandSeq > commandSeq;
  });
  // Somebody paused or cancelled while it was being started, and could not reach it yet.
  if (hasNewCommand) await deliverCommand(services, key);
}

interface PreparedRun {
  readonly input: RunInput;
  readonly plan: Plan;
}

/** What the workflow is told, or null when there is nothing to start any more. */
async function prepareRun(
  database: Sequelize,
  transaction: Transaction,
  { workspaceId, id }: SimulationKey,
): Promise<PreparedRun | null> {
  const row = await Simulation.findOne({ where: { workspaceId, id, status: 'queued' }, transaction });
  if (!row || row.startedInEngine >= row.epoch || row.wanted === 'cancel') return null;
  const version = await CrewVersion.findOne({
    attributes: ['plan'],
    where: { workspaceId, id: row.crewVersionId },
    rejectOnEmpty: true,
    transaction,
  });
  const whole = Plan.parse(version.plan);
  const plan = row.fork?.only === undefined ? whole : cutPlan(whole, row.fork.only);
  const isFirst = row.epoch === 1;
  const finished = isFirst ? {} : await readFinishedTasks(database, transaction, { simulationId: id, plan });
  const generations = isFirst ? {} : await readGenerations(database, transaction, id);
  return {
    plan,
    input: {
      workspaceId,
      simulationId: id,
      epoch: row.epoch,
      crewVersionId: row.crewVersionId,
      title: row.title,
      finished: packFinished(finished, plan),
      commandSeq: row.commandSeq,
      isPaused: row.wanted === 'pause',
      isContinued: false,
      // Its first event comes with what it takes over: once there is one, that is done.
      isFork: row.fork !== null && row.startedAt === null,
      ...(Object.keys(generations).length > 0 && { generations }),
    },
  };
}
