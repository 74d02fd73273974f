import { Op } from 'sequelize';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { StoredFile } from '../database/models/StoredFile.ts';
import { notFound } from '../errors.ts';

/** A file of the caller's workspace that has arrived. */
export async function findFile({ database, caller }: MemberContext, id: string): Promise<StoredFile> {
  const workspaceId = caller.workspace.id;
  const file = await inWorkspace(database, workspaceId, (transaction) =>
    StoredFile.findOne({ where: { workspaceId, id, storedAt: { [Op.ne]: null } }, transaction }),
  );
  if (!file) throw notFound('file');
  return file;
}
