import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { renewState } from '../database/knowledge/knowledgeState.ts';
import { KnowledgeSource } from '../database/models/KnowledgeSource.ts';
import { StoredFile } from '../database/models/StoredFile.ts';
import { removeFile } from '../files/deleteFile.ts';

/** Takes a source out of its base, with its passages, and its file if nothing else reads it. */
export async function removeSource(context: MemberContext, source: KnowledgeSource): Promise<void> {
  const { workspaceId, id, baseId, fileId } = source;
  await inWorkspace(context.database, workspaceId, async (transaction) => {
    await KnowledgeSource.destroy({ where: { workspaceId, id }, transaction });
    await renewState(transaction, baseId);
  });
  await removeOrphans(context, [fileId]);
}

/** Files that were uploaded for knowledge go with the last source that reads them. */
export async function removeOrphans(context: MemberContext, fileIds: readonly string[]): Promise<void> {
  const workspaceId = context.caller.workspace.id;
  for (const id of new Set(fileIds)) {
    const isOrphan = await inWorkspace(context.database, workspaceId, async (transaction) => {
      const readers = await KnowledgeSource.count({ where: { workspaceId, fileId: id }, transaction });
      const where = { workspaceId, id, purpose: 'knowledge' };
      return readers === 0 && (await StoredFile.count({ where, transaction })) > 0;
    });
    if (isOrphan) await removeFile(context, { workspaceId, id });
  }
}
