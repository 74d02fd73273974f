import type { Transaction } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { Command } from '../database/models/Command.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { AppError } from '../errors.ts';

const WANTED = { pause: 'pause', resume: 'run', cancel: 'cancel', retry: 'run' } as const;

/** Puts on record what somebody asked, and what is therefore wanted, before anything is sent. */
export const writeCommand = (
  { caller }: MemberContext,
  row: Simulation,
  kind: Command['kind'],
  transaction: Transaction,
): Promise<void> => writeCommandAs(caller.user, row, kind, transaction);

export interface CommandedBy {
  readonly id: string | null;
  readonly name: string;
}

/** The same for what is no request of a member. */
export async function writeCommandAs(
  commandedBy: CommandedBy,
  row: Simulation,
  kind: Command['kind'],
  transaction: Transaction,
): Promise<void> {
  const seq = row.commandSeq + 1;
  const { workspaceId, id: simulationId } = row;
  const by = { byUser: commandedBy.id, byName: commandedBy.name };
  await Command.create({ workspaceId, simulationId, seq, kind, ...by }, { transaction });
  await row.update({ commandSeq: seq, wanted: WANTED[kind] }, { transaction });
}

export const closed = ({ status }: Simulation): AppError =>
  new AppError('simulation.closed', `The simulation is ${status}: that is not possible any more.`, {
    simulationStatus: status,
  });
