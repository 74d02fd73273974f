import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import type { Simulation } from '../database/models/Simulation.ts';
import { refuseWhileStopped } from '../workspaces/stops/readStop.ts';
import { commandSimulation } from './commandSimulation.ts';
import { isOpen } from './policy.ts';
import type { ResumeSimulation, StatusView } from './schema.ts';
import { closed, writeCommand } from './writeCommand.ts';

/** Lets a paused simulation go on, or one that waits for its budget, which may be raised with it. */
export const resumeSimulation = (
  context: MemberContext,
  { id, budget }: z.infer<typeof ResumeSimulation>,
): Promise<StatusView> =>
  commandSimulation(context, id, async (row, transaction) => {
    if (!isOpen(row)) throw closed(row);
    if (row.wanted === 'cancel') return [];
    await refuseWhileStopped(context.database, transaction, row.workspaceId);
    if (budget) await row.update({ budgetMicros: budget.costMicros }, { transaction });
    // Asked whether it may go on, somebody says yes: with as many again.
    if (row.waitingFor?.kind === 'tokens') await row.update({ tokenLimit: row.tokens * 2 }, { transaction });
    if (isHeld(row)) await writeCommand(context, row, 'resume', transaction);
    return [];
  });

const isHeld = ({ wanted, status, waitingFor }: Simulation): boolean =>
  wanted === 'pause' ||
  (status === 'waiting' && ['budget', 'tokens', 'paused'].includes(waitingFor?.kind ?? ''));
