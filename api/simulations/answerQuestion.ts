import type { MemberContext } from '../context.ts';
import { keepAnswer } from '../database/ledger/questions/keepAnswer.ts';
import { Question } from '../database/models/Question.ts';
import { AppError, invalid, notFound } from '../errors.ts';
import { changeSimulation } from './changeSimulation.ts';
import { deliverAnswers } from './deliverAnswers.ts';
import { findSimulation } from './findSimulation.ts';
import { isOpen } from './policy.ts';
import type { AnswerQuestion, StatusView } from './schema.ts';
import { closed } from './writeCommand.ts';

/**
 * Answers a question of a simulation, for everybody: the first answer counts, whoever gives it. It is on record, and its
 * step has ended, before the workflow hears of it, so that it holds while no worker and no engine is there.
 */
export async function answerQuestion(
  context: MemberContext,
  { id, requestId, outcome, text = '' }: AnswerQuestion,
): Promise<StatusView> {
  const { id: userId, name } = context.caller.user;
  const key = { workspaceId: context.caller.workspace.id, id };
  const row = await changeSimulation(context, key, async (simulation, transaction) => {
    const question = await Question.findOne({
      where: { workspaceId: key.workspaceId, simulationId: id, id: requestId },
      transaction,
    });
    if (!question) throw notFound('question');
    if (question.answeredAt) throw answered(question);
    if (!isOpen(simulation)) throw closed(simulation);
    if (question.expiredAt) throw expired(question);
    check(question, outcome, text);
    const by = { id: userId, name };
    const kept = await keepAnswer(transaction, question, { outcome: outcome ?? null, text, by });
    if (!kept) throw answered(question);
    return kept.events;
  });
  if (!row) throw notFound('simulation');
  await deliverAnswers(context, key);
  return { status: (await findSimulation(context, id)).status };
}

/** Does it answer what was asked? */
function check({ kind, outcomes }: Question, outcome: string | undefined, text: string): void {
  const names = outcomes.map((each) => each.name);
  if (kind === 'approval') {
    if (outcome !== undefined && names.includes(outcome)) return;
    throw invalid('outcome', `Choose one of: ${names.join(', ')}.`);
  }
  if (outcome !== undefined) throw invalid('outcome', 'This question has no outcomes to choose among.');
  if (kind === 'question' && text.trim() === '') throw invalid('text', 'An answer is missing.');
}

function answered({ answeredAt, answeredByName, outcome }: Question): AppError {
  const who = answeredByName ?? 'The deadline';
  return new AppError('question.answered', `${who} has already answered.`, {
    by: answeredByName,
    at: answeredAt?.toISOString() ?? null,
    outcome,
  });
}

const expired = ({ expiredAt }: Question): AppError =>
  new AppError('question.expired', 'Nobody answered in time: this question is closed.', {
    at: expiredAt?.toISOString() ?? null,
  });
