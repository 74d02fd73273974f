import { Op } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Credential } from '../database/models/Credential.ts';
import { readCursor, toPage } from '../pages.ts';
import { readGrants } from './grants.ts';
import { presentCredential } from './present.ts';
import type { CredentialPage, ListCredentials } from './schema.ts';

/** The workspace’s and the caller’s own, newest first. */
export function listCredentials(
  { database, caller }: MemberContext,
  { cursor, limit }: z.infer<typeof ListCredentials>,
): Promise<z.infer<typeof CredentialPage>> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await Credential.findAll({
      where: {
        workspaceId,
        ownerId: { [Op.or]: [null, caller.user.id] },
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
    });
    const page = toPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }));
    const of = { workspaceId, credentialIds: page.items.map(({ id }) => id) };
    const crewIdsOf = await readGrants(database, of, transaction);
    const items = page.items.map((row) => presentCredential(caller, { row, crewIds: crewIdsOf(row.id) }));
    return { ...page, items };
  });
}
