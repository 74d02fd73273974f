import { randomUUIDv7 } from 'node:crypto';
import type { z } from 'zod';
import type { MemberContext } from '../../context.ts';
import { inWorkspace } from '../../database/connect.ts';
import type { Simulation } from '../../database/models/Simulation.ts';
import { findAccepted, takeKey } from '../idempotency.ts';
import type { StartView } from '../schema.ts';
import { tryStartInEngine } from '../startInEngine.ts';
import { auditCrossing } from './auditCrossing.ts';
import { copyForFork } from './copyForFork.ts';
import { prepareFork } from './prepareFork.ts';
import type { ForkSimulationWithKey } from './schema.ts';
import { writeFork } from './writeFork.ts';

export interface ForkIn {
  readonly parent: Simulation;
  /** The caller where the fork is to be; the parent may be elsewhere. */
  readonly target: MemberContext;
}

/** Starts a fork. The same key gives the same answer, word by word; the parent is only read. */
export async function forkSimulation(
  { parent, target }: ForkIn,
  input: z.infer<typeof ForkSimulationWithKey>,
): Promise<StartView> {
  const earlier = await findAccepted(target, input);
  if (earlier !== null) return { id: earlier, status: 'queued' };

  const draft = await prepareFork(target, parent, input);
  const { database, caller } = target;
  const workspaceId = caller.workspace.id;
  const { title, budget } = input;
  const { id, isNew } = await inWorkspace(database, workspaceId, async (transaction) => {
    const id = randomUUIDv7();
    const holder = await takeKey(database, transaction, { workspaceId, id, start: input });
    if (holder !== null) return { id: holder, isNew: false };
    const own = parent.workspaceId === workspaceId ? draft : await copyForFork(target, draft, transaction);
    await writeFork(target, { draft: own, id, title, budget }, transaction);
    if (parent.workspaceId !== workspaceId)
      await auditCrossing(target, { from: parent, forkId: id }, transaction);
    return { id, isNew: true };
  });
  if (isNew) await tryStartInEngine(target, { workspaceId, id });
  return { id, status: 'queued' };
}
