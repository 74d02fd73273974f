import { QueryTypes, type Sequelize } from 'sequelize';

/** Numbers of the advisory locks that are taken by a number, each for one thing. */
export const LOCKS = { sweeper: 7_214_001, caretaker: 7_214_002, admins: 7_214_035 } as const;

/**
 * Works unless another process is at it. The lock belongs to a transaction, so that it goes when the process does.
 */
export const unlessTaken = (
  database: Sequelize,
  lock: keyof typeof LOCKS,
  work: () => Promise<void>,
): Promise<void> =>
  database.transaction(async (transaction) => {
    const [row] = await database.query<{ locked: boolean }>(
      'select pg_try_advisory_xact_lock($1) as locked',
      { bind: [LOCKS[lock]], transaction, type: QueryTypes.SELECT },
    );
    if (row?.locked) await work();
  });
