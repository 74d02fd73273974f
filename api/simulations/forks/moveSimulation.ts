import { CrewGraph } from '#workflows/graph/schema.ts';
import type { MemberContext } from '../../context.ts';
import { findCrew } from '../../crews/findCrew.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { AppError } from '../../errors.ts';
import { commandSimulation } from '../commandSimulation.ts';
import { isInEngine, isOpen } from '../policy.ts';
import type { StartView } from '../schema.ts';
import { tryStartInEngine } from '../startInEngine.ts';
import { closed, writeCommand } from '../writeCommand.ts';
import { type ForkDraft, prepareFork } from './prepareFork.ts';
import type { MoveSimulation } from './schema.ts';
import { writeFork } from './writeFork.ts';

/** All that it has paid for is taken over, whenever it ends. */
const NO_END = 2 ** 31 - 1;

/**
 * Lets a simulation that waits or has failed go on with its crew as it is drawn now: a fork takes its place, and what
 * was still open is cancelled, in one transaction. Moving twice gives the same fork.
 */
export async function moveSimulation(
  context: MemberContext,
  simulation: Simulation,
  { id, inputs, budget, sideEffects }: MoveSimulation,
): Promise<StartView> {
  const { workspaceId } = simulation;
  if (simulation.continuedIn !== null) return { id: simulation.continuedIn, status: 'queued' };
  refuseUnlessHeld(simulation);
  const crew = await findCrew(context, simulation.crewId);
  const prepared = await prepareFork(context, simulation, {
    graph: CrewGraph.parse(crew.graph),
    inputs,
    sideEffects,
  });
  const draft: ForkDraft = {
    ...prepared,
    rule: { ...prepared.rule, untilSeq: NO_END },
    origin: { ...prepared.origin, purpose: 'moved' },
  };
  let movedTo = '';
  await commandSimulation(context, id, async (row, transaction) => {
    if (row.continuedIn !== null) {
      movedTo = row.continuedIn;
      return [];
    }
    refuseUnlessHeld(row);
    movedTo = await writeFork(context, { draft, budget: budget ?? budgetLeft(row) }, transaction);
    await row.update({ continuedIn: movedTo }, { transaction });
    if (!isOpen(row)) return [];
    await writeCommand(context, row, 'cancel', transaction);
    if (isInEngine(row)) return [];
    return [{ key: 'cancelled', type: 'simulation.cancelled', data: { by: context.caller.user.name } }];
  });
  await tryStartInEngine(context, { workspaceId, id: movedTo });
  return { id: movedTo, status: 'queued' };
}

/** What goes on goes on with the money that is left. */
const budgetLeft = ({ budgetMicros, spentMicros }: Simulation) =>
  budgetMicros === null ? undefined : { costMicros: Math.max(0, budgetMicros - spentMicros) };

function refuseUnlessHeld(row: Simulation): void {
  if (row.status === 'failed' || row.status === 'waiting') return;
  if (!isOpen(row)) throw closed(row);
  throw new AppError('simulation.running', 'The simulation is running: pause it first.', {
    simulationStatus: row.status,
  });
}
