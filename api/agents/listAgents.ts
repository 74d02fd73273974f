import { Op } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { likeAnywhere } from '../database/likeAnywhere.ts';
import { Agent } from '../database/models/Agent.ts';
import { readCursor, toPage } from '../pages.ts';
import { presentAgentSummary } from './present.ts';
import type { AgentPage, ListAgents } from './schema.ts';

/** Last changed first; found by name or role. */
export function listAgents(
  { database, caller }: MemberContext,
  { cursor, limit, search }: z.infer<typeof ListAgents>,
): Promise<z.infer<typeof AgentPage>> {
  const after = cursor === undefined ? null : readCursor(cursor);
  return inWorkspace(database, caller.workspace.id, async (transaction) => {
    const rows = await Agent.findAll({
      where: {
        workspaceId: caller.workspace.id,
        [Op.and]: [
          search ? { [Op.or]: [contains('name', search), contains('role', search)] } : {},
          after
            ? {
                [Op.or]: [
                  { updatedAt: { [Op.lt]: after.at } },
                  { updatedAt: after.at, id: { [Op.lt]: after.id } },
                ],
              }
            : {},
        ],
      },
      order: [
        ['updatedAt', 'DESC'],
        ['id', 'DESC'],
      ],
      limit: limit + 1,
      transaction,
    });
    const page = toPage(rows, limit, (row) => ({ at: row.updatedAt, id: row.id }));
    return { ...page, items: page.items.map(presentAgentSummary) };
  });
}

const contains = (field: 'name' | 'role', text: string) => ({
  data: { [field]: { [Op.iLike]: likeAnywhere(text) } },
});
