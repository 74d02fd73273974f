import { Op } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Credential } from '../database/models/Credential.ts';
import { latestFirst } from '../pages.ts';
import { readGrants } from './grants.ts';
import { presentCredential } from './present.ts';
import type { CredentialPage, ListCredentials } from './schema.ts';

/** The workspace’s and the caller’s own, newest first. */
export function listCredentials(
  { database, caller }: MemberContext,
  page: z.infer<typeof ListCredentials>,
): Promise<z.infer<typeof CredentialPage>> {
  const list = latestFirst('createdAt', page);
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await Credential.findAll({
      where: {
        workspaceId,
        ownerId: { [Op.or]: [null, caller.user.id] },
        ...list.where,
      },
      ...list.range,
      transaction,
    });
    const found = list.toPage(rows);
    const of = { workspaceId, credentialIds: found.items.map(({ id }) => id) };
    const crewIdsOf = await readGrants(database, of, transaction);
    const items = found.items.map((row) => presentCredential(caller, { row, crewIds: crewIdsOf(row.id) }));
    return { ...found, items };
  });
}
