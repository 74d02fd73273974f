import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { type EmbeddingModel, embeddingModelIn } from '../database/knowledge/embeddingKey.ts';
import type { KnowledgeBase } from '../database/models/KnowledgeBase.ts';
import { readCursor, toPage } from '../pages.ts';
import type { KnowledgePage, KnowledgeSummary, KnowledgeView, ListKnowledge, SourceView } from './schema.ts';

interface SummaryRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly ready: number;
  readonly reading: number;
  readonly failed: number;
  readonly passages: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const SUMMARY = `
  select base.id, base.name, base.description, base.created_at as "createdAt", base.updated_at as "updatedAt", counted.*
  from knowledge_bases as base cross join lateral (
    select count(*) filter (where state = 'ready')::integer as ready,
      count(*) filter (where state in ('queued', 'reading'))::integer as reading,
      count(*) filter (where state = 'failed')::integer as failed,
      coalesce(sum(chunk_count) filter (where state = 'ready'), 0)::integer as passages
    from knowledge_sources where base_id = base.id
  ) as counted`;

/** Last changed first. */
export async function listKnowledge(
  { database, caller }: MemberContext,
  { cursor, limit }: z.infer<typeof ListKnowledge>,
): Promise<z.infer<typeof KnowledgePage>> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await inWorkspace(database, caller.workspace.id, (transaction) =>
    database.query<SummaryRow>(
      `${SUMMARY} where base.workspace_id = $1
         and ($2::timestamptz is null or (base.updated_at, base.id) < ($2::timestamptz, $3::uuid))
       order by base.updated_at desc, base.id desc limit $4`,
      {
        bind: [caller.workspace.id, after?.at ?? null, after?.id ?? null, limit + 1],
        transaction,
        type: QueryTypes.SELECT,
      },
    ),
  );
  const page = toPage(rows, limit, (row) => ({ at: row.updatedAt, id: row.id }));
  return { ...page, items: page.items.map(presentSummary) };
}

/** One base with all its sources, in the order in which they came. */
export function readKnowledge(
  { database, embedder }: MemberContext,
  { workspaceId, id }: Pick<KnowledgeBase, 'workspaceId' | 'id'>,
): Promise<KnowledgeView> {
  return inWorkspace(database, workspaceId, async (transaction) => {
    const [summary] = await database.query<SummaryRow>(
      `${SUMMARY} where base.workspace_id = $1 and base.id = $2`,
      { bind: [workspaceId, id], transaction, type: QueryTypes.SELECT },
    );
    if (!summary) throw new Error(`Knowledge base ${id} went away`);
    const embedding = await embeddingModelIn(transaction, { workspaceId, operator: embedder });
    const items = await readSources(database, transaction, { baseId: id, embedding });
    const byWords = items.filter(({ foundBy }) => foundBy === 'words').length;
    return { ...presentSummary(summary), items, embedding, byWords };
  });
}

function presentSummary(row: SummaryRow): KnowledgeSummary {
  const { id, name, description, ready, reading, failed, passages } = row;
  return {
    id,
    name,
    description,
    sources: { ready, reading, failed },
    passages,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

interface SourceRow extends Omit<SourceView, 'foundBy' | 'createdAt'> {
  readonly createdAt: Date;
}

async function readSources(
  database: Sequelize,
  transaction: Transaction,
  { baseId, embedding }: { readonly baseId: string; readonly embedding: EmbeddingModel | null },
): Promise<SourceView[]> {
  const rows = await database.query<SourceRow>(
    `select source.id, file_id as "fileId", file.name, file.media_type as "mediaType", file.size, state, failure,
       chunk_count as passages, embedding_model as "embeddingModel", input_tokens as "inputTokens",
       cost_micros as "costMicros", source.created_at as "createdAt"
     from knowledge_sources as source join files as file on file.id = file_id
     where base_id = $1 order by source.created_at, source.id`,
    { bind: [baseId], transaction, type: QueryTypes.SELECT },
  );
  return rows.map((row) => presentSource(row, embedding));
}

/** Vectors of another model than that of now are as good as none: they cannot be compared with its. */
function presentSource({ createdAt, ...row }: SourceRow, embedding: EmbeddingModel | null): SourceView {
  const isCompared = row.embeddingModel !== null && row.embeddingModel === embedding?.model;
  const foundBy = row.state === 'ready' ? (isCompared ? 'meaning' : 'words') : null;
  return { ...row, foundBy, createdAt: createdAt.toISOString() };
}
