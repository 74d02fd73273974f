import type { Services } from '../context.ts';
import { unlessTaken } from '../database/locks.ts';
import { type Rounds, startRounds } from '../database/startRounds.ts';
import { findChangedWorkspaces, tellDestinations } from '../destinations/tellDestinations.ts';
import { findDueAccounts, purgeAccount } from '../users/deletion/purgeAccount.ts';
import { buildExport } from '../users/export/buildExport.ts';
import { findExpiredExports, findQueuedExports, removeExport } from '../users/export/exportRows.ts';
import { findDeletedWorkspaces, purgeWorkspace } from '../workspaces/deletion/purgeWorkspace.ts';
import { sweepOld } from './sweepOld.ts';

const LOOK_EACH_MS = 2_000;
/** Nobody waits for what is old to go, unless there is more of it. */
const SWEEP_EACH_MS = 60_000;

/**
 * Does what was promised and takes long: writes the archives that people asked for, removes accounts, workspaces and
 * simulations whose time has come, and tells owners of new destinations. One api at a time does it; what one that dies
 * leaves half done, the next finds and finishes.
 */
export function startCaretaker(services: Services): Rounds {
  const sweep = seldom(SWEEP_EACH_MS, () => sweepOld(services));
  const round = async () => {
    await tend(services);
    await sweep();
  };
  return startRounds(() => unlessTaken(services.database, 'caretaker', round), {
    pauseMs: LOOK_EACH_MS,
    onError: (error) => services.log.warn({ err: error }, 'The caretaker failed and will try again'),
  });
}

/** Not before so much time is over, unless there was more to do than was done. */
function seldom(ms: number, act: () => Promise<boolean>): () => Promise<void> {
  let dueAt = 0;
  return async () => {
    if (performance.now() < dueAt) return;
    if (!(await act())) dueAt = performance.now() + ms;
  };
}

/** One round, awaited. What fails is left for the next, and keeps nothing else from being done. */
export async function tend(services: Services): Promise<void> {
  const { database, files } = services;
  await each(services, await findDueAccounts(database), (id) => purgeAccount(services, id));
  await each(services, await findDeletedWorkspaces(database), (id) => purgeWorkspace(services, id));
  await each(services, await findChangedWorkspaces(database), (id) => tellDestinations(services, id));
  await each(services, await findQueuedExports(database), (row) => buildExport(services, row));
  await each(services, await findExpiredExports(database), async ({ workspaceId, id }) => {
    await files.store.delete({ workspaceId, id });
    await removeExport(database, id);
  });
}

async function each<T>(
  { log }: Services,
  things: readonly T[],
  act: (thing: T) => Promise<unknown>,
): Promise<void> {
  for (const thing of things) {
    try {
      await act(thing);
    } catch (error) {
      log.warn({ err: error }, 'Something that was promised failed and will be tried again');
    }
  }
}
