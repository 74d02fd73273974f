import { QueryTypes, type Sequelize } from 'sequelize';
import { asSweeper } from '../database/connect.ts';
import { checkWithEngine } from './checkWithEngine.ts';
import { deliverCommand } from './deliverCommand.ts';
import { EngineUnavailable } from './Engine.ts';
import { type EngineServices, type SimulationKey, tryStartInEngine } from './startInEngine.ts';

const SWEEP_MS = 2_000;
/** Whoever accepted a start or a command is given this long to hand it over. */
const GRACE_SECONDS = 3;
/** A row that changed less than this long ago says by itself that it lives. */
const SILENT_SECONDS = 8;
const AT_ONCE = 20;
const CHECKED_A_SWEEP = 100;

/** Any number that no other advisory lock of ours has. */
const LOCK = 7_214_001;

export interface Sweeper {
  /** One round, awaited: for tests, and for nobody else. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes the status shown the truth: starts what was accepted and not started, delivers commands that could not be
 * delivered, and compares open rows with the engine. One api at a time does it.
 */
export function startSweeper(services: EngineServices): Sweeper {
  const sweep = createSweep(services);
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  const run = () => {
    round = sweep()
      .catch((error: unknown) => {
        services.log.warn({ err: error }, 'A sweep failed and will be tried again');
      })
      .finally(() => {
        if (!isStopped) timer = setTimeout(run, SWEEP_MS);
      });
  };
  run();

  return {
    sweep,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await round;
    },
  };
}

export function createSweep(services: EngineServices): () => Promise<void> {
  let checkedUpTo: string | null = null;
  return () =>
    withLock(services.database, async () => {
      await each(await findUnstarted(services.database), (key) => tryStartInEngine(services, key));
      await each(await findUndelivered(services.database), (key) => deliverCommand(services, key));
      const silent = await findSilent(services.database, checkedUpTo);
      checkedUpTo = silent.length < CHECKED_A_SWEEP ? null : (silent.at(-1)?.id ?? null);
      await each(silent, (key) => checkWithEngine(services, key));
    });
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

/** Some at a time; an engine that does not answer ends the round, since it would not answer the rest either. */
async function each(
  keys: readonly SimulationKey[],
  act: (key: SimulationKey) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const results = await Promise.allSettled(keys.slice(at, at + AT_ONCE).map(act));
    for (const result of results) {
      if (result.status === 'rejected' && !(result.reason instanceof EngineUnavailable)) throw result.reason;
    }
    if (results.some((result) => result.status === 'rejected')) return;
  }
}

const find = (database: Sequelize, condition: string, bind: unknown[]): Promise<SimulationKey[]> =>
  asSweeper(database, (transaction) =>
    database.query<SimulationKey>(
      `select id, workspace_id as "workspaceId" from simulations
       where status in ('queued', 'running', 'waiting') and ${condition}`,
      { bind, transaction, type: QueryTypes.SELECT },
    ),
  );

const findUnstarted = (database: Sequelize) =>
  find(
    database,
    `status = 'queued' and started_in_engine < epoch and wanted <> 'cancel'
     and updated_at < now() - make_interval(secs => $1) order by updated_at limit 500`,
    [GRACE_SECONDS],
  );

const findUndelivered = (database: Sequelize) =>
  find(
    database,
    `command_delivered < command_seq and (status <> 'queued' or started_in_engine >= epoch)
     and updated_at < now() - make_interval(secs => $1) order by updated_at limit 500`,
    [GRACE_SECONDS],
  );

const findSilent = (database: Sequelize, after: string | null) =>
  find(
    database,
    `(status <> 'queued' or started_in_engine >= epoch) and updated_at < now() - make_interval(secs => $1)
     and ($2::uuid is null or id > $2::uuid) order by id limit ${CHECKED_A_SWEEP}`,
    [SILENT_SECONDS, after],
  );
