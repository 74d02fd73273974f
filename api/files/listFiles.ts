import { Op } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { StoredFile } from '../database/models/StoredFile.ts';
import { latestFirst } from '../pages.ts';
import { presentFile } from './present.ts';
import type { FilePage, ListFiles } from './schema.ts';

/** Newest first. */
export async function listFiles(
  { database, caller }: MemberContext,
  { purpose, ...page }: z.infer<typeof ListFiles>,
): Promise<z.infer<typeof FilePage>> {
  const workspaceId = caller.workspace.id;
  const list = latestFirst('createdAt', page);
  const rows = await inWorkspace(database, workspaceId, (transaction) =>
    StoredFile.findAll({
      where: {
        workspaceId,
        storedAt: { [Op.ne]: null },
        ...(purpose && { purpose }),
        ...list.where,
      },
      ...list.range,
      transaction,
    }),
  );
  const found = list.toPage(rows);
  return { ...found, items: found.items.map(presentFile) };
}
