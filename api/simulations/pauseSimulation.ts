import type { MemberContext } from '../context.ts';
import { commandSimulation } from './commandSimulation.ts';
import { isOpen } from './policy.ts';
import type { StatusView } from './schema.ts';
import { closed, writeCommand } from './writeCommand.ts';

/** Nothing new starts until somebody resumes. Asking twice is harmless, and a cancel is not undone. */
export const pauseSimulation = (context: MemberContext, id: string): Promise<StatusView> =>
  commandSimulation(context, id, async (row, transaction) => {
    if (!isOpen(row)) throw closed(row);
    if (row.wanted === 'run') await writeCommand(context, row, 'pause', transaction);
    return [];
  });
