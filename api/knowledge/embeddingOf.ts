import { randomUUIDv7 } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import type { OperatorEmbedder } from '../database/knowledge/createEmbedder.ts';
import { EmbeddingFailed } from '../database/knowledge/EmbeddingFailed.ts';
import { embeddingKeyOf } from '../database/knowledge/embeddingKey.ts';
import { EngineUnavailable } from '../simulations/Engine.ts';
import { can } from '../workspaces/policy.ts';
import { readStop } from '../workspaces/stops/readStop.ts';

export interface QuestionEmbedding {
  readonly embedding: { readonly model: string; readonly vector: readonly number[] } | null;
  /** Why there is none although there might be. */
  readonly notice: string | null;
}

const PATIENCE_MS = 15_000;
const words = (notice: string | null): QuestionEmbedding => ({ embedding: null, notice });

/** The vector of what somebody searches for: by the workspace's own key, or by the operator's. */
export async function embeddingOf(context: MemberContext, query: string): Promise<QuestionEmbedding> {
  const { database, caller, embedder } = context;
  const workspaceId = caller.workspace.id;
  const [key, stop] = await inWorkspace(database, workspaceId, async (transaction) => [
    await embeddingKeyOf(transaction, workspaceId),
    await readStop(database, transaction, workspaceId),
  ]);
  if (!key) return embedder ? askOperator(embedder, query) : words(null);
  if (stop) return words('The workspace is stopped, and its embedding model is not asked.');
  // The workspace pays for it, however little.
  if (!can(caller.role, 'run')) return words('Your role does not ask the workspace’s embedding model.');
  return askWorker(context, query);
}

async function askOperator(embedder: OperatorEmbedder, query: string): Promise<QuestionEmbedding> {
  try {
    const { vectors } = await embedder.embed([query], AbortSignal.timeout(PATIENCE_MS));
    return { embedding: { model: embedder.model, vector: vectors[0] ?? [] }, notice: null };
  } catch (error) {
    return words(error instanceof EmbeddingFailed ? error.message : TOO_LONG);
  }
}

const TOO_LONG = 'The embedding model takes too long.';

interface Asked {
  readonly vector: readonly number[] | null;
  readonly model: string | null;
  readonly failure: string | null;
}

/** The text is in our database on its way, since what is given to the engine stays in its history. */
async function askWorker(
  { database, caller, engine }: MemberContext,
  query: string,
): Promise<QuestionEmbedding> {
  const workspaceId = caller.workspace.id;
  const requestId = randomUUIDv7();
  const run = <T extends object>(statement: string, bind: readonly unknown[]) =>
    inWorkspace(database, workspaceId, (transaction) =>
      database.query<T>(statement, { bind: [...bind], transaction, type: QueryTypes.SELECT }),
    );
  await run(PUT_DOWN, [workspaceId, requestId, query]);
  let answer: Asked | undefined;
  try {
    await engine.embedQuestion({ workspaceId, requestId });
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
  } finally {
    [answer] = await run<Asked>(TAKE, [workspaceId, requestId]);
  }
  const { vector = null, model = null, failure = null } = answer ?? {};
  return vector && model ? { embedding: { model, vector }, notice: null } : words(failure ?? TOO_LONG);
}

// Those that nobody took, because the api died meanwhile, go with the next.
const PUT_DOWN = `
with old as (
  delete from embedding_requests where workspace_id = $1 and created_at < now() - interval '10 minutes'
)
insert into embedding_requests (workspace_id, id, text) values ($1, $2, $3)`;

const TAKE = `
delete from embedding_requests where workspace_id = $1 and id = $2
returning embedding as vector, embedding_model as model, failure`;
