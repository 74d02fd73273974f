import { Socket } from 'node:net';
import pg from 'pg';
import type { PreparedStatement } from './prepared.ts';

export interface LedgerOptions {
  readonly url: string;
  /** Most connections at once. */
  readonly poolSize: number;
}

/** Making one costs more than a step's whole traffic with the database, so they outlive quiet minutes. */
const IDLE_MS = 300_000;
const CONNECT_MS = 30_000;

/**
 * The worker's way to the database: few statements, each for every step. They are prepared, and those of a transaction
 * are sent without waiting for each other, so that a step waits three times and not fifteen.
 */
export class Ledger {
  readonly #pool: pg.Pool;

  constructor({ url, poolSize }: LedgerOptions) {
    this.#pool = new pg.Pool({
      connectionString: url,
      max: poolSize,
      application_name: 'troupe',
      keepAlive: true,
      idleTimeoutMillis: IDLE_MS,
      connectionTimeoutMillis: CONNECT_MS,
      pipeline: true,
      stream: () => new GatheringSocket(),
      types: { getTypeParser },
    });
    // A connection that breaks fails the statements on it; those who wait for them decide.
    this.#pool.on('error', () => undefined);
    this.#pool.on('connect', (client) => {
      client.on('error', () => undefined);
      // Every look-up is by key, so that no plan depends on values: making one anew costs more than it could save.
      client.query('set plan_cache_mode = force_generic_plan').catch(() => undefined);
    });
  }

  /** Runs `work` in a transaction that sees the rows of one workspace and no others. */
  inWorkspace<T>(workspaceId: string, work: (transaction: LedgerTransaction) => Promise<T>): Promise<T> {
    return this.#run({ statement: SET_WORKSPACE, value: workspaceId }, work);
  }

  /** Runs `work` with the keeper's view: encrypted keys, providers' limits, and nothing else. */
  asKeeper<T>(work: (transaction: LedgerTransaction) => Promise<T>): Promise<T> {
    return this.#run({ statement: SET_ROLE, value: 'keeper' }, work);
  }

  /** Runs `work` with the mailer's view: mails to people, and nothing else. */
  asMailer<T>(work: (transaction: LedgerTransaction) => Promise<T>): Promise<T> {
    return this.#run({ statement: SET_ROLE, value: 'mailer' }, work);
  }

  async #run<T>(view: View, work: (transaction: LedgerTransaction) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    const transaction = new LedgerTransaction(client, view);
    let isBroken = false;
    try {
      const result = await work(transaction);
      await transaction.commit();
      return result;
    } catch (error) {
      isBroken = !(await transaction.rollback());
      throw error;
    } finally {
      client.release(isBroken);
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}

/** What a transaction may see, as row-level security reads it. */
interface View {
  readonly statement: PreparedStatement;
  readonly value: string;
}

/** A transaction with one view of the rows. Statements run in the order in which they are given. */
export class LedgerTransaction {
  readonly #client: pg.ClientBase;
  readonly #begun: Promise<unknown>;
  #committed: Promise<void> | null = null;

  constructor(client: pg.ClientBase, view: View) {
    this.#client = client;
    this.#begun = Promise.all([this.run(BEGIN, []), this.run(view.statement, [view.value])]);
    this.#begun.catch(() => undefined);
  }

  async run<T extends object>(statement: PreparedStatement, values: readonly unknown[]): Promise<T[]> {
    const { rows } = await this.#client.query<T>({ ...statement, values: [...values] });
    return rows;
  }

  /**
   * Sends the commit behind the statements so far without waiting for them: for when nothing that they say could call
   * for taking them back. One that fails takes all of them back.
   */
  commit(): Promise<void> {
    this.#committed ??= this.#commit();
    return this.#committed;
  }

  /** False when the connection cannot be used any more. */
  async rollback(): Promise<boolean> {
    const isOver = this.#committed?.then(
      () => true,
      () => false,
    );
    if (await isOver) return true;
    return this.#client.query('rollback').then(
      () => true,
      () => false,
    );
  }

  async #commit(): Promise<void> {
    const [{ command }] = await Promise.all([this.#client.query({ ...COMMIT }), this.#begun]);
    // What Postgres answers to a commit after a statement that failed.
    if (command === 'ROLLBACK') throw new Error('The transaction was taken back');
  }
}

const BEGIN: PreparedStatement = { name: 'begin', text: 'begin' };
const COMMIT: PreparedStatement = { name: 'commit', text: 'commit' };
const SET_WORKSPACE: PreparedStatement = {
  name: 'workspace.set',
  text: `select set_config('app.workspace', $1, true)`,
};
const SET_ROLE: PreparedStatement = { name: 'role.set', text: `select set_config('app.role', $1, true)` };

/** `pg` corks the socket around each statement. Uncorked a moment later, all that are given at once leave as one packet. */
class GatheringSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}

/** As `connect.ts` has it: big integers of ours stay far below 2^53. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format);
