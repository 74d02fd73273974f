import type { MemberContext } from '../context.ts';
import { commandSimulation } from './commandSimulation.ts';
import { isInEngine, isOpen } from './policy.ts';
import type { StatusView } from './schema.ts';
import { closed, writeCommand } from './writeCommand.ts';

/** Ends a simulation for good. One that never reached the engine ends here and now. */
export const cancelSimulation = (context: MemberContext, id: string): Promise<StatusView> =>
  commandSimulation(context, id, async (row, transaction) => {
    if (!isOpen(row)) throw closed(row);
    if (row.wanted !== 'cancel') await writeCommand(context, row, 'cancel', transaction);
    if (isInEngine(row)) return [];
    // The key is the one that the workflow would use: should it start all the same, it cannot cancel twice.
    return [{ key: 'cancelled', type: 'simulation.cancelled', data: { by: context.caller.user.name } }];
  });
