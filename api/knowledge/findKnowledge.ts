import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { KnowledgeBase } from '../database/models/KnowledgeBase.ts';
import { KnowledgeSource } from '../database/models/KnowledgeSource.ts';
import { notFound } from '../errors.ts';

/** A knowledge base of the caller's workspace. */
export async function findKnowledge({ database, caller }: MemberContext, id: string): Promise<KnowledgeBase> {
  const workspaceId = caller.workspace.id;
  const base = await inWorkspace(database, workspaceId, (transaction) =>
    KnowledgeBase.findOne({ where: { workspaceId, id }, transaction }),
  );
  if (!base) throw notFound('knowledge base');
  return base;
}

/** A source of that base. */
export async function findSource(
  { database }: MemberContext,
  { workspaceId, id: baseId }: KnowledgeBase,
  id: string,
): Promise<KnowledgeSource> {
  const source = await inWorkspace(database, workspaceId, (transaction) =>
    KnowledgeSource.findOne({ where: { workspaceId, baseId, id }, transaction }),
  );
  if (!source) throw notFound('source');
  return source;
}
