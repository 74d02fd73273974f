import type { Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { Command } from '../database/models/Command.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { AppError } from '../errors.ts';

const WANTED = { pause: 'pause', resume: 'run', cancel: 'cancel', retry: 'run' } as const;

/** Puts on record what somebody asked, and what is therefore wanted, before anything is sent. */
export async function writeCommand(
  { caller }: MemberContext,
  row: Simulation,
  kind: Command['kind'],
  transaction: Transaction,
): Promise<void> {
  const seq = row.commandSeq + 1;
  const { workspaceId, id: simulationId } = row;
  const by = { byUser: caller.user.id, byName: caller.user.name };
  await Command.create({ workspaceId, simulationId, seq, kind, ...by }, { transaction });
  await row.update({ commandSeq: seq, wanted: WANTED[kind] }, { transaction });
}

export const closed = ({ status }: Simulation): AppError =>
  new AppError('simulation.closed', `The simulation is ${status}: that is not possible any more.`, {
    simulationStatus: status,
  });
