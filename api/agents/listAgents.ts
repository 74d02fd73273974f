import { Op } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { likeAnywhere } from '../database/likeAnywhere.ts';
import { Agent } from '../database/models/Agent.ts';
import { latestFirst } from '../pages.ts';
import { presentAgentSummary } from './present.ts';
import type { AgentPage, ListAgents } from './schema.ts';

/** Last changed first; found by name or role. */
export function listAgents(
  { database, caller }: MemberContext,
  { search, ...page }: z.infer<typeof ListAgents>,
): Promise<z.infer<typeof AgentPage>> {
  const list = latestFirst('updatedAt', page);
  return inWorkspace(database, caller.workspace.id, async (transaction) => {
    const rows = await Agent.findAll({
      where: {
        workspaceId: caller.workspace.id,
        [Op.and]: [
          search ? { [Op.or]: [contains('name', search), contains('role', search)] } : {},
          list.where,
        ],
      },
      ...list.range,
      transaction,
    });
    const found = list.toPage(rows);
    return { ...found, items: found.items.map(presentAgentSummary) };
  });
}

const contains = (field: 'name' | 'role', text: string) => ({
  data: { [field]: { [Op.iLike]: likeAnywhere(text) } },
});
