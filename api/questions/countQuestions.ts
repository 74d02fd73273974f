import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Question } from '../database/models/Question.ts';
import { openOnes } from './openOnes.ts';

/** How many wait for somebody to answer. */
export const countQuestions = async ({ database, caller }: MemberContext): Promise<{ open: number }> => {
  const workspaceId = caller.workspace.id;
  const open = await inWorkspace(database, workspaceId, (transaction) =>
    Question.count({ where: { workspaceId, ...openOnes(workspaceId) }, transaction }),
  );
  return { open };
};
