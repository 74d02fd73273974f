import { QueryTypes, type Sequelize } from 'sequelize';
import type { Services } from '../context.ts';
import { findDueAccounts, purgeAccount } from '../users/deletion/purgeAccount.ts';
import { buildExport } from '../users/export/buildExport.ts';
import { findExpiredExports, findQueuedExports, removeExport } from '../users/export/exportRows.ts';
import { findDeletedWorkspaces, purgeWorkspace } from '../workspaces/deletion/purgeWorkspace.ts';

const LOOK_EACH_MS = 2_000;
/** Any number that no other advisory lock of ours has. */
const LOCK = 7_214_002;

export interface Caretaker {
  stop(): Promise<void>;
}

/**
 * Does what was promised and takes long: writes the archives that people asked for, and removes accounts and workspaces
 * whose time has come. One api at a time does it; what one that dies leaves half done, the next finds and finishes.
 */
export function startCaretaker(services: Services): Caretaker {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();
  const run = () => {
    round = withLock(services.database, () => tend(services))
      .catch((error: unknown) => services.log.warn({ err: error }, 'The caretaker failed and will try again'))
      .finally(() => {
        if (!isStopped) timer = setTimeout(run, LOOK_EACH_MS);
      });
  };
  run();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}

/** One round, awaited. What fails is left for the next, and keeps nothing else from being done. */
export async function tend(services: Services): Promise<void> {
  const { database, files } = services;
  await each(services, await findDueAccounts(database), (id) => purgeAccount(services, id));
  await each(services, await findDeletedWorkspaces(database), (id) => purgeWorkspace(services, id));
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

/** The lock belongs to a transaction, so that it goes when the process does. */
const withLock = (database: Sequelize, work: () => Promise<void>): Promise<void> =>
  database.transaction(async (transaction) => {
    const [row] = await database.query<{ locked: boolean }>(
      'select pg_try_advisory_xact_lock($1) as locked',
      {
        bind: [LOCK],
        transaction,
        type: QueryTypes.SELECT,
      },
    );
    if (row?.locked) await work();
  });
