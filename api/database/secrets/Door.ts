import type { Sequelize } from 'sequelize';
import { asKeeper, inWorkspace } from '../connect.ts';
import type { AnyTransaction } from '../prepared.ts';

/** A way to the database: the worker's `Ledger`, or the api's through Sequelize. */
export interface Door {
  inWorkspace<T>(workspaceId: string, work: (transaction: AnyTransaction) => Promise<T>): Promise<T>;
  /** Sees the encrypted keys of all workspaces, and limits of providers, and nothing else. */
  asKeeper<T>(work: (transaction: AnyTransaction) => Promise<T>): Promise<T>;
}

export const doorOf = (database: Sequelize): Door => ({
  inWorkspace: (workspaceId, work) => inWorkspace(database, workspaceId, work),
  asKeeper: (work) => asKeeper(database, work),
});
