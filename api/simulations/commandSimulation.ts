import type { Transaction } from 'sequelize';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import type { MemberContext } from '../context.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { notFound } from '../errors.ts';
import { changeSimulation } from './changeSimulation.ts';
import { deliverCommand } from './deliverCommand.ts';
import { findSimulation } from './findSimulation.ts';
import { isInEngine, isOpen } from './policy.ts';
import type { StatusView } from './schema.ts';

/** Writes what was decided under the row’s lock, then sends it. Answers with the status as it is now. */
export async function commandSimulation(
  context: MemberContext,
  id: string,
  decide: (row: Simulation, transaction: Transaction) => Promise<readonly NewEvent[]>,
): Promise<StatusView> {
  const key = { workspaceId: context.caller.workspace.id, id };
  const row = await changeSimulation(context, key, decide);
  if (!row) throw notFound('simulation');
  const mustSend = isOpen(row) && isInEngine(row) && row.commandDelivered < row.commandSeq;
  if (!mustSend) return { status: row.status };
  await deliverCommand(context, key);
  const { status } = await findSimulation(context, id);
  return { status };
}
