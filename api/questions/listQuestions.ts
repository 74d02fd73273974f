import { Op, type WhereOptions } from 'sequelize';
import type { z } from 'zod';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { loadTexts } from '../database/ledger/contents.ts';
import { Question } from '../database/models/Question.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { latestFirst } from '../pages.ts';
import { openOnes } from './openOnes.ts';
import { presentQuestion } from './present.ts';
import type { ListQuestions, QuestionPage } from './schema.ts';

/** Of the workspace, newest first. */
export function listQuestions(
  { database, caller }: MemberContext,
  { status, ...page }: z.infer<typeof ListQuestions>,
): Promise<z.infer<typeof QuestionPage>> {
  const workspaceId = caller.workspace.id;
  const list = latestFirst('createdAt', page);
  const isOpen = openOnes(workspaceId);
  const where: WhereOptions = {
    workspaceId,
    [Op.and]: [status === 'open' ? isOpen : { [Op.not]: isOpen }, list.where],
  };
  return inWorkspace(database, workspaceId, async (transaction) => {
    const rows = await Question.findAll({
      where,
      ...list.range,
      transaction,
    });
    const shown = list.toPage(rows);
    const ids = [...new Set(shown.items.map(({ simulationId }) => simulationId))];
    const found = await Simulation.findAll({
      attributes: ['id', 'title', 'status'],
      where: { workspaceId, id: ids },
      transaction,
    });
    const simulations = new Map(found.map((simulation) => [simulation.id, simulation]));
    const textOf = await loadTexts(
      transaction,
      shown.items.map(({ prompt }) => prompt),
    );
    return {
      ...shown,
      items: shown.items.flatMap((row) => {
        const simulation = simulations.get(row.simulationId);
        return simulation ? [presentQuestion({ row, simulation, textOf })] : [];
      }),
    };
  });
}
