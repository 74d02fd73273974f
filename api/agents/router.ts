import { z } from 'zod';
import { readId } from '../readId.ts';
import { StartView } from '../simulations/schema.ts';
import { allowing, memberProcedure, router } from '../trpc.ts';
import { createAgent } from './createAgent.ts';
import { deleteAgent } from './deleteAgent.ts';
import { duplicateAgent } from './duplicateAgent.ts';
import { findAgent, findReadableAgent } from './findAgent.ts';
import { listAgents } from './listAgents.ts';
import { saveAgent } from './saveAgent.ts';
import {
  AgentId,
  AgentPage,
  AgentView,
  CreateAgent,
  ListAgents,
  SaveAgent,
  TestAgentWithKey,
} from './schema.ts';
import { testAgent } from './testAgent.ts';
import { viewAgent } from './viewAgent.ts';

const tags = ['Agents'];
const editing = memberProcedure.use(allowing('edit'));

/** About one agent of the caller’s workspace, which is loaded first: 404 comes before the input is judged. */
const agentProcedure = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const agent = await findAgent(ctx, readId(await getRawInput(), 'agent'));
  return next({ ctx: { agent } });
});
const editedAgent = agentProcedure.use(allowing('edit'));
const testedAgent = agentProcedure.use(allowing('run'));

/** About one that may be somebody else’s, if it is public. */
const readableAgent = memberProcedure.use(async ({ ctx, getRawInput, next }) => {
  const agent = await findReadableAgent(ctx, readId(await getRawInput(), 'agent'));
  return next({ ctx: { agent } });
});

export const agentsRouter = router({
  list: memberProcedure
    .meta({ openapi: { method: 'GET', path: '/agents', tags, summary: 'List agents, last changed first' } })
    .input(ListAgents)
    .output(AgentPage)
    .query(({ ctx, input }) => listAgents(ctx, input)),

  get: readableAgent
    .meta({
      openapi: { method: 'GET', path: '/agents/{id}', tags, summary: 'Get an agent: yours, or a public one' },
    })
    .input(AgentId)
    .output(AgentView)
    .query(({ ctx }) => viewAgent(ctx, ctx.agent)),

  create: editing
    .meta({
      openapi: {
        method: 'POST',
        path: '/agents',
        tags,
        summary: 'Create an agent',
        description: 'A draft may have problems; they are in the answer, and refused when it is to be used.',
      },
      rest: { status: 201 },
    })
    .input(CreateAgent)
    .output(AgentView)
    .mutation(async ({ ctx, input: { inputs, visibility, ...given } }) => {
      const data = { ...given, name: given.name ?? nameFrom(given.role) };
      const agent = await createAgent(ctx, { data, inputs, visibility });
      return viewAgent(ctx, agent);
    }),

  save: editedAgent
    .meta({
      openapi: {
        method: 'PUT',
        path: '/agents/{id}',
        tags,
        summary: 'Save an agent, or publish it',
        description: 'Saves what is given and leaves the rest. `visibility: public` publishes it.',
      },
    })
    .input(SaveAgent)
    .output(AgentView)
    .mutation(async ({ ctx, input }) => viewAgent(ctx, await saveAgent(ctx, input))),

  /** Takes its try-outs with it; copies in crews stay. */
  delete: editedAgent
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/agents/{id}',
        tags,
        summary: 'Delete an agent and what it was tried with',
      },
      rest: { status: 204 },
    })
    .input(AgentId)
    .output(z.void())
    .mutation(({ ctx }) => deleteAgent(ctx, ctx.agent)),

  test: testedAgent
    .meta({
      openapi: {
        method: 'POST',
        path: '/agents/{id}/test',
        tags,
        summary: 'Try an agent alone: start a simulation in which it answers a message',
      },
      rest: { status: 201, takesIdempotencyKey: true },
    })
    .input(TestAgentWithKey)
    .output(StartView)
    .mutation(({ ctx, input }) => testAgent(ctx, ctx.agent, input)),

  duplicate: readableAgent
    .use(allowing('edit'))
    .input(AgentId)
    .output(AgentView)
    .mutation(async ({ ctx }) => viewAgent(ctx, await duplicateAgent(ctx, ctx.agent))),
});

const LONGEST_NAME = 120;

const nameFrom = (role: string): string => role.trim().slice(0, LONGEST_NAME).toWellFormed();
