import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { Question } from '../database/models/Question.ts';
import { notFound } from '../errors.ts';

/** A question of the caller’s workspace. Somebody else’s is as little there as one that never was. */
export async function findQuestion({ database, caller }: MemberContext, id: string): Promise<Question> {
  const where = { workspaceId: caller.workspace.id, id };
  const question = await inWorkspace(database, caller.workspace.id, (transaction) =>
    Question.findOne({ where, transaction }),
  );
  if (!question) throw notFound('question');
  return question;
}

export const hasQuestion = async (
  { database, caller }: MemberContext,
  simulationId: string,
  id: string,
): Promise<boolean> => {
  const where = { workspaceId: caller.workspace.id, simulationId, id };
  const count = await inWorkspace(database, caller.workspace.id, (transaction) =>
    Question.count({ where, transaction }),
  );
  return count > 0;
};
