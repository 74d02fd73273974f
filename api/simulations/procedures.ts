import { notFound } from '../errors.ts';
import { hasQuestion } from '../questions/findQuestion.ts';
import { readId } from '../readId.ts';
import { allowing, memberProcedure } from '../trpc.ts';
import { findSimulation } from './findSimulation.ts';

/** About one simulation of the caller’s workspace, which is loaded first: 404 comes before the input is judged. */
export const simulationProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const simulation = await findSimulation(ctx, readId(await getRawInput(), 'simulation'));
  return next({ ctx: { simulation } });
});

/** Of those who may run things. */
export const commandProcedure = simulationProcedure.use(allowing('run'));

/** About one question of a simulation. */
export const answerProcedure = commandProcedure.use(async ({ ctx, getRawInput, next }) => {
  const requestId = readId(await getRawInput(), 'question', 'requestId');
  if (!(await hasQuestion(ctx, ctx.simulation.id, requestId))) throw notFound('question');
  return next();
});
