import { QueryTypes, type Sequelize } from 'sequelize';
import { asSweeper } from '../database/connect.ts';
import { unlessTaken } from '../database/locks.ts';
import { type Rounds, startRounds } from '../database/startRounds.ts';
import { findUnread, tryStartReading } from '../knowledge/startReading.ts';
import { holdSimulation, releaseSimulation } from '../workspaces/stops/holdSimulations.ts';
import { checkWithEngine, type FoundOpen } from './checkWithEngine.ts';
import { deliverAnswers } from './deliverAnswers.ts';
import { deliverCommand } from './deliverCommand.ts';
import { type EngineServices, tryStartInEngine } from './startInEngine.ts';

const SWEEP_MS = 2_000;
/** Whoever accepted a start or a command is given this long to hand it over. */
const GRACE_SECONDS = 3;
/** A row that changed less than this long ago says by itself that it lives. */
const SILENT_SECONDS = 8;
const AT_ONCE = 20;
const CHECKED_A_SWEEP = 100;

/**
 * Makes the status shown the truth: starts what was accepted and not started, delivers commands that could not be
 * delivered, and compares open rows with the engine. One api at a time does it.
 */
export const startSweeper = (services: EngineServices): Rounds =>
  startRounds(createSweep(services), {
    pauseMs: SWEEP_MS,
    onError: (error) => services.log.warn({ err: error }, 'A sweep failed and will be tried again'),
  });

/** One round, which goes on where the one before it stopped. */
export function createSweep(services: EngineServices): () => Promise<void> {
  let checkedUpTo: string | null = null;
  return () =>
    unlessTaken(services.database, 'sweeper', async () => {
      await each(await findToHold(services.database), (key) => holdSimulation(services, key));
      await each(await findToRelease(services.database), (key) => releaseSimulation(services, key));
      await each(await findUnstarted(services.database), ({ workspaceId, id }) =>
        tryStartInEngine(services, { workspaceId, id }),
      );
      await each(await findUndelivered(services.database), ({ workspaceId, id }) =>
        deliverCommand(services, { workspaceId, id }),
      );
      await each(await findUnheard(services.database), ({ workspaceId, id }) =>
        deliverAnswers(services, { workspaceId, id }),
      );
      await each(await findUnread(services.database), (source) => tryStartReading(services, source));
      const silent = await findSilent(services.database, checkedUpTo);
      checkedUpTo = silent.length < CHECKED_A_SWEEP ? null : (silent.at(-1)?.id ?? null);
      await each(silent, (key) => checkWithEngine(services, key));
    });
}

/**
 * Some at a time, until none of them got an answer: the rest would wait as long for nothing, and other simulations
 * would wait for them.
 */
async function each<Key>(keys: readonly Key[], act: (key: Key) => Promise<boolean>): Promise<void> {
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const answered = await Promise.all(keys.slice(at, at + AT_ONCE).map(act));
    if (!answered.includes(true)) return;
  }
}

const find = (database: Sequelize, condition: string, bind: unknown[]): Promise<FoundOpen[]> =>
  asSweeper(database, (transaction) =>
    database.query<FoundOpen>(
      `select id, workspace_id as "workspaceId", epoch from simulations
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

// In any order, so that workflows that cannot take their command do not keep others from theirs.
const findUndelivered = (database: Sequelize) =>
  find(
    database,
    `command_delivered < command_seq and (status <> 'queued' or started_in_engine >= epoch)
     and updated_at < now() - make_interval(secs => $1) order by random() limit 500`,
    [GRACE_SECONDS],
  );

const STOPPED = 'exists (select 1 from workspace_stops s where s.workspace_id = simulations.workspace_id)';

/** Accepted at the moment in which its workspace was stopped, or not reached by whoever stopped it. */
const findToHold = (database: Sequelize) => find(database, `wanted = 'run' and ${STOPPED} limit 500`, []);

/** Paused by a stop that is over: marked so, or, at its next step, before anybody could mark it. */
const findToRelease = (database: Sequelize) =>
  find(
    database,
    `not ${STOPPED} and (paused_by_stop or (wanted = 'run' and command_delivered = command_seq
       and status = 'waiting' and waiting_for ->> 'kind' = 'paused'))
     and updated_at < now() - make_interval(secs => $1) limit 500`,
    [GRACE_SECONDS],
  );

const findSilent = (database: Sequelize, after: string | null) =>
  find(
    database,
    `(status <> 'queued' or started_in_engine >= epoch) and updated_at < now() - make_interval(secs => $1)
     and ($2::uuid is null or id > $2::uuid) order by id limit ${CHECKED_A_SWEEP}`,
    [SILENT_SECONDS, after],
  );

/** Simulations of which somebody answered a question that the engine does not know of. */
const findUnheard = (database: Sequelize) =>
  asSweeper(database, (transaction) =>
    database.query<FoundOpen>(
      `select distinct simulations.id, simulations.workspace_id as "workspaceId", simulations.epoch
       from questions join simulations on simulations.id = questions.simulation_id
       where answered_at < now() - make_interval(secs => $1) and delivered_at is null
         and simulations.status in ('queued', 'running', 'waiting') limit 500`,
      { bind: [GRACE_SECONDS], transaction, type: QueryTypes.SELECT },
    ),
  );
