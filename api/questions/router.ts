import { readId } from '../readId.ts';
import { memberProcedure, router } from '../trpc.ts';
import { countQuestions } from './countQuestions.ts';
import { findQuestion } from './findQuestion.ts';
import { listQuestions } from './listQuestions.ts';
import { readQuestion } from './readQuestion.ts';
import { ListQuestions, QuestionCount, QuestionId, QuestionPage, QuestionView } from './schema.ts';

const tags = ['Questions'];

/** About one question, which is loaded first: 404 comes before 400. */
const questionProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const question = await findQuestion(ctx, readId(await getRawInput(), 'question'));
  return next({ ctx: { question } });
});

/** What simulations ask people. They are answered through their simulation: `simulations.answer`. */
export const questionsRouter = router({
  list: memberProcedure
    .meta({ openapi: { method: 'GET', path: '/questions', tags, summary: 'List questions, newest first' } })
    .input(ListQuestions)
    .output(QuestionPage)
    .query(({ ctx, input }) => listQuestions(ctx, input)),

  get: questionProcedure
    .meta({ openapi: { method: 'GET', path: '/questions/{id}', tags, summary: 'Get a question' } })
    .input(QuestionId)
    .output(QuestionView)
    .query(({ ctx }) => readQuestion(ctx, ctx.question)),

  /** For the mark on the inbox. */
  count: memberProcedure.output(QuestionCount).query(({ ctx }) => countQuestions(ctx)),
});
