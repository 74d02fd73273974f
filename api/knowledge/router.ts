import { z } from 'zod';
import { readId } from '../readId.ts';
import { allowing, memberProcedure, router } from '../trpc.ts';
import { addSource, rereadSource } from './addSource.ts';
import { createKnowledge, deleteKnowledge, saveKnowledge } from './changeKnowledge.ts';
import { findKnowledge, findSource } from './findKnowledge.ts';
import { listKnowledge, readKnowledge } from './readKnowledge.ts';
import { removeSource } from './removeSource.ts';
import { renewVectors } from './renewVectors.ts';
import {
  AddSource,
  CreateKnowledge,
  FoundPassages,
  KnowledgeId,
  KnowledgePage,
  KnowledgeView,
  ListKnowledge,
  SaveKnowledge,
  SearchKnowledge,
  SourceId,
} from './schema.ts';
import { searchKnowledge } from './searchKnowledge.ts';

const tags = ['Knowledge'];

/** About one knowledge base of the caller’s workspace, which is loaded first. */
const baseProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const base = await findKnowledge(ctx, readId(await getRawInput(), 'knowledge base'));
  return next({ ctx: { base } });
});
const editedBase = baseProcedure.use(allowing('edit'));
const editedSource = editedBase.use(async ({ ctx, getRawInput, next }) => {
  const source = await findSource(ctx, ctx.base, readId(await getRawInput(), 'source', 'sourceId'));
  return next({ ctx: { source } });
});

export const knowledgeRouter = router({
  list: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/knowledge',
        tags,
        summary: 'List knowledge bases, last changed first',
      },
    })
    .input(ListKnowledge)
    .output(KnowledgePage)
    .query(({ ctx, input }) => listKnowledge(ctx, input)),

  get: baseProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/knowledge/{id}',
        tags,
        summary: 'Get a knowledge base and its sources',
      },
    })
    .input(KnowledgeId)
    .output(KnowledgeView)
    .query(({ ctx }) => readKnowledge(ctx, ctx.base)),

  create: memberProcedure
    .use(allowing('edit'))
    .meta({
      openapi: { method: 'POST', path: '/knowledge', tags, summary: 'Create a knowledge base' },
      rest: { status: 201 },
    })
    .input(CreateKnowledge)
    .output(KnowledgeView)
    .mutation(async ({ ctx, input }) => readKnowledge(ctx, await createKnowledge(ctx, input))),

  save: editedBase
    .meta({ openapi: { method: 'PUT', path: '/knowledge/{id}', tags, summary: 'Rename a knowledge base' } })
    .input(SaveKnowledge)
    .output(KnowledgeView)
    .mutation(async ({ ctx, input }) => {
      await saveKnowledge(ctx, ctx.base, input);
      return readKnowledge(ctx, ctx.base);
    }),

  delete: editedBase
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/knowledge/{id}',
        tags,
        summary: 'Delete a knowledge base and its files',
      },
      rest: { status: 204 },
    })
    .input(KnowledgeId)
    .output(z.void())
    .mutation(({ ctx }) => deleteKnowledge(ctx, ctx.base)),

  addSource: editedBase
    .meta({
      openapi: {
        method: 'POST',
        path: '/knowledge/{id}/sources',
        tags,
        summary: 'Have a file or a text read into a knowledge base',
      },
      rest: { status: 202 },
    })
    .input(AddSource)
    .output(KnowledgeView)
    .mutation(async ({ ctx, input }) => {
      await addSource(ctx, ctx.base, input);
      return readKnowledge(ctx, ctx.base);
    }),

  reread: editedSource
    .meta({
      openapi: {
        method: 'POST',
        path: '/knowledge/{id}/sources/{sourceId}/reread',
        tags,
        summary: 'Have a source read anew',
      },
      rest: { status: 202 },
    })
    .input(SourceId)
    .output(KnowledgeView)
    .mutation(async ({ ctx }) => {
      await rereadSource(ctx, ctx.source);
      return readKnowledge(ctx, ctx.base);
    }),

  renew: editedBase
    .meta({
      openapi: {
        method: 'POST',
        path: '/knowledge/{id}/renew',
        tags,
        summary: 'Have what the embedding model of now has not read be read by it',
      },
      rest: { status: 202 },
    })
    .input(KnowledgeId)
    .output(KnowledgeView)
    .mutation(async ({ ctx }) => {
      await renewVectors(ctx, ctx.base);
      return readKnowledge(ctx, ctx.base);
    }),

  removeSource: editedSource
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/knowledge/{id}/sources/{sourceId}',
        tags,
        summary: 'Take a source out, and delete its file',
      },
      rest: { status: 204 },
    })
    .input(SourceId)
    .output(z.void())
    .mutation(({ ctx }) => removeSource(ctx, ctx.source)),

  search: baseProcedure
    .meta({
      openapi: {
        method: 'POST',
        path: '/knowledge/{id}/search',
        tags,
        summary: 'Find passages, as an agent would',
      },
    })
    .input(SearchKnowledge)
    .output(FoundPassages)
    .mutation(({ ctx, input }) => searchKnowledge(ctx, ctx.base, input)),
});
