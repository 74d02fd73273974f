import { tracked } from '@trpc/server';
import { findCrew } from '../crews/findCrew.ts';
import { readId } from '../readId.ts';
import { keepProcedures } from '../retention/procedures.ts';
import { allowing, memberProcedure, router } from '../trpc.ts';
import { answerQuestion } from './answerQuestion.ts';
import { cancelSimulation } from './cancelSimulation.ts';
import { compareProcedures } from './compare/procedures.ts';
import { followEvents } from './followEvents.ts';
import { forkProcedures } from './forks/procedures.ts';
import { listEvents } from './listEvents.ts';
import { listSimulations } from './listSimulations.ts';
import { listSteps } from './listSteps.ts';
import { pauseSimulation } from './pauseSimulation.ts';
import { answerProcedure, commandProcedure, simulationProcedure } from './procedures.ts';
import { readFile } from './readFile.ts';
import { readSimulation } from './readSimulation.ts';
import { readStep } from './readStep.ts';
import { resumeSimulation } from './resumeSimulation.ts';
import { retrySimulation } from './retrySimulation.ts';
import {
  AnswerQuestion,
  EventPage,
  FileView,
  FollowEvents,
  GetFile,
  GetStep,
  ListEvents,
  ListSimulations,
  ListSteps,
  ResumeSimulation,
  SimulationId,
  SimulationPage,
  SimulationView,
  StartSimulationWithKey,
  StartView,
  StatusView,
  StepDetail,
  StepPage,
} from './schema.ts';
import { startSimulation } from './startSimulation.ts';

const tags = ['Simulations'];

const startProcedure = memberProcedure.use(allowing('run')).use(async ({ ctx, getRawInput, next }) => {
  const crew = await findCrew(ctx, readId(await getRawInput(), 'crew', 'crewId'));
  return next({ ctx: { crew } });
});

export const simulationsRouter = router({
  ...forkProcedures,
  ...compareProcedures,
  ...keepProcedures,

  start: startProcedure
    .meta({
      openapi: { method: 'POST', path: '/simulations', tags, summary: 'Start a simulation of a saved crew' },
      rest: { status: 201, takesIdempotencyKey: true },
    })
    .input(StartSimulationWithKey)
    .output(StartView)
    .mutation(({ ctx, input }) => startSimulation(ctx, ctx.crew, input)),

  list: memberProcedure
    .meta({
      openapi: { method: 'GET', path: '/simulations', tags, summary: 'List simulations, newest first' },
    })
    .input(ListSimulations)
    .output(SimulationPage)
    .query(({ ctx, input }) => listSimulations(ctx, input)),

  get: simulationProcedure
    .meta({ openapi: { method: 'GET', path: '/simulations/{id}', tags, summary: 'Get a simulation' } })
    .input(SimulationId)
    .output(SimulationView)
    .query(({ ctx }) => readSimulation(ctx, ctx.simulation)),

  steps: simulationProcedure
    .meta({ openapi: { method: 'GET', path: '/simulations/{id}/steps', tags, summary: 'List its steps' } })
    .input(ListSteps)
    .output(StepPage)
    .query(({ ctx, input }) => listSteps(ctx, input)),

  /** One step opened: the prompt as it was sent and the answer as it came. */
  step: simulationProcedure
    .input(GetStep)
    .output(StepDetail)
    .query(({ ctx, input }) => readStep(ctx, input)),

  events: simulationProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/simulations/{id}/events',
        tags,
        summary: 'Read its events, or follow them',
        description:
          'With `Accept: text/event-stream` the same events as a stream: ids are `seq`, `Last-Event-ID` resumes, pieces of answers (type `delta`) have no id, and the stream ends after the closing event.',
      },
    })
    .input(ListEvents)
    .output(EventPage)
    .query(({ ctx, input }) => listEvents(ctx, input)),

  /**
   * Events as they happen, resumable by id, with pieces of answers between them. A piece carries the id of the event
   * before it: browsers keep the last id, so that a message without one would look as if it had it anyway.
   */
  follow: simulationProcedure.input(FollowEvents).subscription(async function* ({ ctx, input, signal }) {
    const after = Number(input.lastEventId ?? input.after);
    let seq = after;
    for await (const message of followEvents(ctx, { simulationId: ctx.simulation.id, after, signal })) {
      if (message.type !== 'delta') seq = message.seq;
      yield tracked(String(seq), message);
    }
  }),

  pause: commandProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/pause',
        tags,
        summary: 'Pause: nothing new starts',
      },
      rest: { status: 202 },
    })
    .input(SimulationId)
    .output(StatusView)
    .mutation(({ ctx }) => pauseSimulation(ctx, ctx.simulation.id)),

  resume: commandProcedure
    .meta({
      openapi: { method: 'POST', path: '/simulations/{id}/resume', tags, summary: 'Go on' },
      rest: { status: 202 },
    })
    .input(ResumeSimulation)
    .output(StatusView)
    .mutation(({ ctx, input }) => resumeSimulation(ctx, input)),

  cancel: commandProcedure
    .meta({
      openapi: { method: 'POST', path: '/simulations/{id}/cancel', tags, summary: 'Cancel for good' },
      rest: { status: 202 },
    })
    .input(SimulationId)
    .output(StatusView)
    .mutation(({ ctx }) => cancelSimulation(ctx, ctx.simulation.id)),

  retry: commandProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/retry',
        tags,
        summary: 'Try a failed simulation again; finished steps are kept',
      },
      rest: { status: 202 },
    })
    .input(SimulationId)
    .output(StatusView)
    .mutation(({ ctx }) => retrySimulation(ctx, ctx.simulation.id)),

  answer: answerProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/simulations/{id}/answers',
        tags,
        summary: 'Answer a question: the first answer counts',
        description:
          'What waits for an answer is told by the event `question.asked` and by `GET /questions`. A second answer is refused with 409 `question.answered`, saying who answered and when.',
      },
      rest: { status: 202 },
    })
    .input(AnswerQuestion)
    .output(StatusView)
    .mutation(({ ctx, input }) => answerQuestion(ctx, input)),

  /** The text of one output file. */
  file: simulationProcedure
    .input(GetFile)
    .output(FileView)
    .query(({ ctx, input }) => readFile(ctx, input)),
});
