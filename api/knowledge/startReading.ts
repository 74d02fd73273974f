import { Op, QueryTypes, type Sequelize } from 'sequelize';
import type { ReadSourceInput } from '#workflows/readSource.ts';
import type { Services } from '../context.ts';
import { asSweeper, inWorkspace } from '../database/connect.ts';
import { KnowledgeSource } from '../database/models/KnowledgeSource.ts';
import { EngineUnavailable } from '../simulations/Engine.ts';

type ReadingServices = Pick<Services, 'database' | 'engine' | 'log'>;

/** Has a source read. False when the engine does not answer: it stays queued, for the sweeper. */
export async function tryStartReading(services: ReadingServices, input: ReadSourceInput): Promise<boolean> {
  const { database, engine, log } = services;
  const { workspaceId, sourceId, attempt } = input;
  try {
    await engine.readSource(input);
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    log.warn({ sourceId }, 'The engine does not answer; reading will be started later');
    return false;
  }
  await inWorkspace(database, workspaceId, (transaction) =>
    KnowledgeSource.update(
      { startedInEngine: attempt },
      {
        where: { workspaceId, id: sourceId, startedInEngine: { [Op.lt]: attempt } },
        transaction,
        silent: true,
      },
    ),
  );
  return true;
}

/** Whoever accepted a source is given this long to have it read. */
const GRACE_SECONDS = 3;

/** Sources that were accepted and not started, of all workspaces. */
export const findUnread = (database: Sequelize): Promise<ReadSourceInput[]> =>
  asSweeper(database, (transaction) =>
    database.query<ReadSourceInput>(
      `select workspace_id as "workspaceId", id as "sourceId", attempt from knowledge_sources
       where started_in_engine < attempt
         and not exists (select 1 from workspace_stops s where s.workspace_id = knowledge_sources.workspace_id)
         and updated_at < now() - make_interval(secs => $1)
       order by updated_at limit 200`,
      { bind: [GRACE_SECONDS], transaction, type: QueryTypes.SELECT },
    ),
  );
