import { z } from 'zod';
import { findCrew } from '../crews/findCrew.ts';
import { readId } from '../readId.ts';
import { memberProcedure, router } from '../trpc.ts';
import { findMemory, forget, listMemories, listScopes } from './ownMemories.ts';
import { ForgetCrew, Forgotten, ListMemories, MemoryId, MemoryPage, MemoryScopes } from './schema.ts';

const tags = ['Memories'];

const memoryProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const memoryId = await findMemory(ctx, readId(await getRawInput(), 'memory'));
  return next({ ctx: { memoryId } });
});
const crewProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const crew = await findCrew(ctx, readId(await getRawInput(), 'crew', 'crewId'));
  return next({ ctx: { crew } });
});

/** What crews remember for a person is theirs alone, whatever their role: nobody else sees it, and they can take it back. */
export const memoriesRouter = router({
  list: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/memories',
        tags,
        summary: 'List what crews remember for you, learnt last first',
      },
    })
    .input(ListMemories)
    .output(MemoryPage)
    .query(({ ctx, input }) => listMemories(ctx, input)),

  scopes: memberProcedure
    .meta({
      openapi: {
        method: 'GET',
        path: '/memories/scopes',
        tags,
        summary: 'List the crews and agents that remember something for you',
      },
    })
    .input(z.strictObject({}).optional())
    .output(MemoryScopes)
    .query(({ ctx }) => listScopes(ctx)),

  delete: memoryProcedure
    .meta({
      openapi: { method: 'DELETE', path: '/memories/{id}', tags, summary: 'Forget one thing' },
      rest: { status: 204 },
    })
    .input(MemoryId)
    .output(z.void())
    .mutation(async ({ ctx }) => {
      await forget(ctx, { id: ctx.memoryId });
    }),

  forgetCrew: crewProcedure
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/crews/{crewId}/memories',
        tags,
        summary: 'Forget everything that a crew remembers for you',
      },
    })
    .input(ForgetCrew)
    .output(Forgotten)
    .mutation(async ({ ctx }) => ({ count: await forget(ctx, { crewId: ctx.crew.id }) })),
});
