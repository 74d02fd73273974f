import { z } from 'zod';
import { notFound } from '../errors.ts';
import { readId } from '../readId.ts';
import { allowing, memberProcedure, router } from '../trpc.ts';
import { createCrew } from './createCrew.ts';
import { deleteCrew } from './deleteCrew.ts';
import { duplicateCrew } from './duplicateCrew.ts';
import { exportCrew } from './exportCrew.ts';
import { findCrew } from './findCrew.ts';
import { importCrew } from './importCrew.ts';
import { listCrews } from './listCrews.ts';
import { pinCrew } from './pinCrew.ts';
import { problemsOf } from './problemsOf.ts';
import { createFromSample, sampleViews } from './samples.ts';
import { saveCrew } from './saveCrew.ts';
import {
  CreateCrew,
  CreateFromSample,
  CrewId,
  CrewPage,
  CrewView,
  ExportCrew,
  ExportView,
  ImportCrew,
  ImportView,
  ListCrews,
  PinnedCrew,
  ProblemsView,
  SamplesView,
  SaveCrew,
  ValidateCrew,
} from './schema.ts';
import { missingIn, viewCrew } from './viewCrew.ts';

const tags = ['Crews'];
const editing = memberProcedure.use(allowing('edit'));

/** About one crew of the caller’s workspace, which is loaded first: 404 comes before the input is judged. */
const crewProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const crew = await findCrew(ctx, readId(await getRawInput(), 'crew'));
  return next({ ctx: { crew } });
});
/** What an agent makes alone is drawn by the library, and by nobody else. */
const editedCrew = crewProcedure.use(allowing('edit')).use(({ ctx, next }) => {
  if (ctx.crew.agentId !== null) throw notFound('crew');
  return next();
});

export const crewsRouter = router({
  list: memberProcedure
    .meta({ openapi: { method: 'GET', path: '/crews', tags, summary: 'List crews, last changed first' } })
    .input(ListCrews)
    .output(CrewPage)
    .query(({ ctx, input }) => listCrews(ctx, input)),

  get: crewProcedure
    .meta({ openapi: { method: 'GET', path: '/crews/{id}', tags, summary: 'Get a crew' } })
    .input(CrewId)
    .output(CrewView)
    .query(({ ctx }) => viewCrew(ctx, ctx.crew)),

  create: editing
    .meta({
      openapi: { method: 'POST', path: '/crews', tags, summary: 'Create a crew' },
      rest: { status: 201 },
    })
    .input(CreateCrew)
    .output(CrewView)
    .mutation(async ({ ctx, input }) => viewCrew(ctx, await createCrew(ctx, input))),

  save: editedCrew
    .meta({ openapi: { method: 'PUT', path: '/crews/{id}', tags, summary: 'Save a crew' } })
    .input(SaveCrew)
    .output(CrewView)
    .mutation(async ({ ctx, input }) => viewCrew(ctx, await saveCrew(ctx, input))),

  /** Takes the crew’s simulations with it. */
  delete: editedCrew
    .meta({
      openapi: { method: 'DELETE', path: '/crews/{id}', tags, summary: 'Delete a crew and its simulations' },
      rest: { status: 204 },
    })
    .input(CrewId)
    .output(z.void())
    .mutation(({ ctx }) => deleteCrew(ctx, ctx.crew)),

  validate: memberProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/crews/validate',
        tags,
        summary: 'Find everything wrong with a graph',
      },
    })
    .input(ValidateCrew)
    .output(ProblemsView)
    .mutation(async ({ ctx, input }) => ({
      problems: [...problemsOf(input.graph), ...(await missingIn(ctx, input.graph))],
    })),

  import: editing
    .meta({
      openapi: { method: 'POST', path: '/crews/import', tags, summary: 'Import a crew from files' },
      rest: { status: 201 },
    })
    .input(ImportCrew)
    .output(ImportView)
    .mutation(({ ctx, input }) => importCrew(ctx, input)),

  export: crewProcedure
    .meta({
      openapi: { method: 'GET', path: '/crews/{id}/export', tags, summary: 'Export a crew as files' },
    })
    .input(ExportCrew)
    .output(ExportView)
    .query(({ ctx, input }) => exportCrew(ctx.crew, input)),

  samples: memberProcedure.output(SamplesView).query(() => ({ items: sampleViews })),

  createFromSample: editing
    .input(CreateFromSample)
    .output(CrewView)
    .mutation(async ({ ctx, input }) => viewCrew(ctx, await createFromSample(ctx, input.key))),

  pin: editedCrew
    .meta({
      openapi: {
        method: 'POST',
        path: '/crews/{id}/pin',
        tags,
        summary: 'Keep the crew as it is now as a version, for another crew to work with',
      },
    })
    .input(CrewId)
    .output(PinnedCrew)
    .mutation(({ ctx }) => pinCrew(ctx, ctx.crew)),

  duplicate: editedCrew
    .input(CrewId)
    .output(CrewView)
    .mutation(async ({ ctx }) => viewCrew(ctx, await duplicateCrew(ctx, ctx.crew))),
});
