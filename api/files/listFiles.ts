import { Op } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { StoredFile } from '../database/models/StoredFile.ts';
import { readCursor, toPage } from '../pages.ts';
import { presentFile } from './present.ts';
import type { FilePage, ListFiles } from './schema.ts';

/** Newest first. */
export async function listFiles(
  { database, caller }: MemberContext,
  { cursor, limit, purpose }: z.infer<typeof ListFiles>,
): Promise<z.infer<typeof FilePage>> {
  const workspaceId = caller.workspace.id;
  const after = cursor === undefined ? null : readCursor(cursor);
  const rows = await inWorkspace(database, workspaceId, (transaction) =>
    StoredFile.findAll({
      where: {
        workspaceId,
        storedAt: { [Op.ne]: null },
        ...(purpose && { purpose }),
        ...(after && {
          [Op.or]: [{ createdAt: { [Op.lt]: after.at } }, { createdAt: after.at, id: { [Op.lt]: after.id } }],
        }),
      },
      order: [
        ['createdAt', 'DESC'],
        ['id', 'DESC'],
      ],
      limit: limit + 1,
      transaction,
    }),
  );
  const page = toPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }));
  return { ...page, items: page.items.map(presentFile) };
}
