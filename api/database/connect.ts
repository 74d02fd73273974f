import pg from 'pg';
import { Sequelize, type Transaction } from 'sequelize';
import { initModels } from './models/initModels.ts';

// Postgres sends bigint as text; ours (micro-dollars, counts) stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface ConnectOptions {
  readonly url: string;
  /** Most connections at once. One api or worker on a laptop needs few. */
  readonly poolSize?: number;
}

/** Opens a pool as the application's role and readies the models. Close it with `database.close()`. */
export function connectDatabase({ url, poolSize = 10 }: ConnectOptions): Sequelize {
  const sequelize = new Sequelize(url, {
    dialect: 'postgres',
    logging: false,
    pool: { max: poolSize, acquire: 30_000 },
    define: { underscored: true, timestamps: true },
    dialectOptions: { keepAlive: true, application_name: 'troupe' },
  });
  initModels(sequelize);
  return sequelize;
}

/**
 * Runs `work` in a transaction that sees the rows of one workspace and no others: row-level security reads the
 * setting made here. Every query on rows of a workspace takes the given transaction.
 */
export function inWorkspace<T>(
  database: Sequelize,
  workspaceId: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return database.transaction(async (transaction) => {
    await database.query(`select set_config('app.workspace', $1, true)`, {
      bind: [workspaceId],
      transaction,
    });
    return work(transaction);
  });
}

/**
 * Runs `work` with one person's view: what they belong to, by name and role, and nothing that is in there. For finding
 * out which workspace a request is about, when there is none yet to look from.
 */
export function asUser<T>(
  database: Sequelize,
  userId: string,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return database.transaction(async (transaction) => {
    await database.query(`select set_config('app.user', $1, true)`, { bind: [userId], transaction });
    return work(transaction);
  });
}

/** Runs `work` with one person's view of a workspace: of what is kept for each of them, theirs alone. */
export const asMember = <T>(
  database: Sequelize,
  { workspaceId, userId }: { readonly workspaceId: string; readonly userId: string },
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> =>
  inWorkspace(database, workspaceId, async (transaction) => {
    await database.query(`select set_config('app.user', $1, true)`, { bind: [userId], transaction });
    return work(transaction);
  });

/** Runs `work` with the sweeper's view: simulations of all workspaces, and nothing else. */
export const asSweeper = <T>(
  database: Sequelize,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> => asRole(database, 'sweeper', work);

/** Runs `work` with the keeper's view: encrypted keys of all workspaces, providers' limits, and nothing else. */
export const asKeeper = <T>(
  database: Sequelize,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> => asRole(database, 'keeper', work);

/** Runs `work` with the mailer's view: mails to people, and nothing else. */
export const asMailer = <T>(
  database: Sequelize,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> => asRole(database, 'mailer', work);

/** Runs `work` with the caretaker's view: exports that are to be written, whose each workspace is, and what has had its time. */
export const asCaretaker = <T>(
  database: Sequelize,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> => asRole(database, 'caretaker', work);

/** Runs `work` with an administrator's view: who there is, what is used and what fails. Texts of people are not in it. */
export const asAdmin = <T>(database: Sequelize, work: (transaction: Transaction) => Promise<T>): Promise<T> =>
  asRole(database, 'admin', work);

function asRole<T>(
  database: Sequelize,
  role: 'sweeper' | 'keeper' | 'mailer' | 'caretaker' | 'admin',
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return database.transaction(async (transaction) => {
    await database.query(`select set_config('app.role', $1, true)`, { bind: [role], transaction });
    return work(transaction);
  });
}
