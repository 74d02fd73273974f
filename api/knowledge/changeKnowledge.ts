import { randomUUIDv7 } from 'node:crypto';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { KnowledgeBase } from '../database/models/KnowledgeBase.ts';
import { KnowledgeSource } from '../database/models/KnowledgeSource.ts';
import { removeOrphans } from './removeSource.ts';
import type { CreateKnowledge, SaveKnowledge } from './schema.ts';

export function createKnowledge(
  { database, caller }: MemberContext,
  { name, description }: z.infer<typeof CreateKnowledge>,
): Promise<KnowledgeBase> {
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, (transaction) =>
    KnowledgeBase.create(
      { id: randomUUIDv7(), workspaceId, name, description, createdBy: caller.user.id },
      { transaction },
    ),
  );
}

export async function saveKnowledge(
  { database }: MemberContext,
  { workspaceId, id }: KnowledgeBase,
  { name, description }: z.infer<typeof SaveKnowledge>,
): Promise<void> {
  await inWorkspace(database, workspaceId, (transaction) =>
    KnowledgeBase.update({ name, description }, { where: { workspaceId, id }, transaction }),
  );
}

/** Removes a base with its sources, their passages and their files. */
export async function deleteKnowledge(context: MemberContext, base: KnowledgeBase): Promise<void> {
  const { workspaceId, id } = base;
  const fileIds = await inWorkspace(context.database, workspaceId, async (transaction) => {
    const sources = await KnowledgeSource.findAll({ where: { workspaceId, baseId: id }, transaction });
    await KnowledgeBase.destroy({ where: { workspaceId, id }, transaction });
    return sources.map(({ fileId }) => fileId);
  });
  await removeOrphans(context, fileIds);
}
