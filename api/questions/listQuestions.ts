import { Op, type WhereOptions } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { loadTexts } from '../database/ledger/contents.ts';
import { Question } from '../database/models/Question.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { readCursor, toPage } from '../pages.ts';
import { openOnes } from './openOnes.ts';
import { presentQuestion } from './present.ts';
import type { ListQuestions, QuestionPage } from './schema.ts';

/** Of the workspace, newest first. */
export function listQuestions(
  { database, caller }: MemberContext,
  { cursor, limit, status }: z.infer<typeof ListQuestions>,
): Promise<z.infer<typeof QuestionPage>> {
  const workspaceId = caller.workspace.id;
  const after = cursor === undefined ? null : readCursor(cursor);
  const isOpen = openOnes(workspaceId);
  const where: WhereOptions = {
    workspaceId,
    [Op.and]: [
      status === 'open' ? isOpen : { [Op.not]: isOpen },
      ...(after
        ? [
            {
              [Op.or]: [
                { createdAt: { [Op.lt]: after.at } },
                { createdAt: after.at, id: { [Op.lt]: after.id } },
              ],
            },
          ]
        : []),
    ],
  };
  return inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await Question.findAll({
      where,
      order: [
        ['createdAt', 'DESC'],
        ['id', 'DESC'],
      ],
      limit: limit + 1,
      transaction,
    });
    const page = toPage(rows, limit, (row) => ({ at: row.createdAt, id: row.id }));
    const ids = [...new Set(page.items.map(({ simulationId }) => simulationId))];
    const found = await Simulation.findAll({
      attributes: ['id', 'title', 'status'],
      where: { workspaceId, id: ids },
      transaction,
    });
    const simulations = new Map(found.map((simulation) => [simulation.id, simulation]));
    const textOf = await loadTexts(
      transaction,
      page.items.map(({ prompt }) => prompt),
    );
    return {
      ...page,
      items: page.items.flatMap((row) => {
        const simulation = simulations.get(row.simulationId);
        return simulation ? [presentQuestion({ row, simulation, textOf })] : [];
      }),
    };
  });
}
