import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { KnowledgeSource } from '../database/models/KnowledgeSource.ts';
import { StoredFile } from '../database/models/StoredFile.ts';
import { AppError } from '../errors.ts';

/** Removes a file that nothing reads: bytes first, so that a row that is left can be deleted again. */
export async function deleteFile(context: MemberContext, file: StoredFile): Promise<void> {
  const { workspaceId, id } = file;
  const sources = await inWorkspace(context.database, workspaceId, (transaction) =>
    KnowledgeSource.count({ where: { workspaceId, fileId: id }, transaction }),
  );
  if (sources > 0)
    throw new AppError('knowledge.inUse', 'A knowledge base reads this file. Take it out there.');
  await removeFile(context, { workspaceId, id });
}

/** Removes a file whose reader is gone. */
export async function removeFile(
  { database, files }: MemberContext,
  key: { readonly workspaceId: string; readonly id: string },
): Promise<void> {
  await files.store.delete(key);
  await inWorkspace(database, key.workspaceId, (transaction) =>
    StoredFile.destroy({ where: { ...key }, transaction }),
  );
}
