import pg from 'pg';
import type { Transaction } from 'sequelize';
import { LedgerTransaction } from './Ledger.ts';

/** A statement that runs often: each connection parses and plans it once, and knows it by its name from then on. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Either of the two kinds: the worker's, or Sequelize's, as the api has it. */
export type AnyTransaction = LedgerTransaction | Transaction;

/** Runs a statement in a transaction of either kind. Planning the ledger's anew each time took longer than running them. */
export async function runPrepared<T extends object>(
  transaction: AnyTransaction,
  statement: PreparedStatement,
  values: readonly unknown[],
): Promise<T[]> {
  if (transaction instanceof LedgerTransaction) return transaction.run<T>(statement, values);
  const { rows } = await connectionOf(transaction).query<T>({ ...statement, values: [...values] });
  return rows;
}

/** Sequelize cannot name a statement, the connection below it can. */
function connectionOf(transaction: Transaction): pg.Client {
  const connection = 'connection' in transaction ? transaction.connection : undefined;
  if (!(connection instanceof pg.Client)) throw new Error('The transaction has no connection');
  return connection;
}
