import { z } from 'zod';
import { LibraryAgent } from '#workflows/graph/libraryAgent.ts';
import { InputName } from '#workflows/graph/names.ts';
import { GraphProblem } from '#workflows/graph/schema.ts';
import { PageInput, pageOf } from '../pages.ts';
import { agentPatch } from './agentPatch.ts';

const MOST_INPUTS = 100;

const Visibility = z.enum(['private', 'public']).describe('public: everybody may read and copy it');
const Inputs = z
  .record(InputName, z.string().max(20_000))
  .refine((inputs) => Object.keys(inputs).length <= MOST_INPUTS, `At most ${MOST_INPUTS} inputs`)
  .describe('Placeholders that its texts may hold, each with a value to try it with; empty asks each time');

export const AgentId = z.strictObject({ id: z.uuid() });
export const CreateAgent = LibraryAgent.extend({
  name: LibraryAgent.shape.name.optional().describe('Short name; the role when it is left out'),
  inputs: Inputs.default({}),
  visibility: Visibility.default('private'),
});
/** Saves what is given and leaves the rest; null takes an optional setting away. */
export const SaveAgent = agentPatch.extend({
  id: z.uuid(),
  inputs: Inputs.optional(),
  visibility: Visibility.optional(),
  version: z
    .int()
    .min(1)
    .optional()
    .describe('The version the change was made from; another one here is agent.conflict'),
});
export const ListAgents = PageInput.extend({ search: z.string().max(200).optional() });
export const TestAgent = z.strictObject({
  id: z.uuid(),
  message: z.string().trim().min(1).max(100_000),
  inputs: z
    .record(InputName, z.string().max(20_000))
    .default({})
    .describe('Values for its placeholders, in place of those it is declared with'),
  budget: z.strictObject({ costMicros: z.int().min(0) }).optional(),
});
export const TestAgentWithKey = TestAgent.extend({ idempotencyKey: z.string().min(1).max(255).optional() });

export const AgentView = z.object({
  ...LibraryAgent.shape,
  id: z.uuid(),
  inputs: z.record(z.string(), z.string()),
  visibility: Visibility,
  version: z.int(),
  isOwn: z.boolean().describe('false: a public agent of another workspace, to be read and copied'),
  problems: z.array(GraphProblem),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type AgentView = z.infer<typeof AgentView>;

/** An agent in a list: enough for a card. */
export const AgentSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  role: z.string(),
  goal: z.string().describe('Its beginning'),
  model: z.string(),
  tools: z.array(z.string()),
  visibility: Visibility,
  version: z.int(),
  problemCount: z.int().describe('Errors alone'),
  updatedAt: z.iso.datetime(),
});
export type AgentSummary = z.infer<typeof AgentSummary>;
export const AgentPage = pageOf(AgentSummary);
