import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { loadTexts } from '../database/ledger/contents.ts';
import type { Question } from '../database/models/Question.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { presentWholeQuestion } from './present.ts';
import type { QuestionView } from './schema.ts';

/** A question with all its texts. */
export function readQuestion({ database, caller }: MemberContext, row: Question): Promise<QuestionView> {
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, async (transaction) => {
    const simulation = await Simulation.findOne({
      attributes: ['title', 'status'],
      where: { workspaceId, id: row.simulationId },
      rejectOnEmpty: true,
      transaction,
    });
    const texts = [row.prompt, ...row.context.map(({ text }) => text), ...(row.text ? [row.text] : [])];
    const textOf = await loadTexts(transaction, texts);
    return presentWholeQuestion({ row, simulation, textOf });
  });
}
