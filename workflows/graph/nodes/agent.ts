import { z } from 'zod';

/** What an agent is: written here, or copied from the library. Texts may hold `{placeholders}`. */
export const AgentData = z.strictObject({
  name: z.string().max(120).describe('Short name on canvas, timeline and transcript'),
  role: z.string().max(4_000).default('').describe('Who it is, as the model is told'),
  goal: z.string().max(20_000).default('').describe('What it wants'),
  backstory: z.string().max(20_000).default('').describe('Where it comes from: tone, knowledge, habits'),
  model: z.string().max(200).default('').describe('provider/model; empty takes the default model'),
  temperature: z.number().min(0).max(2).nullable().default(null).describe('null leaves it to the provider'),
  maxTokens: z.int().min(1).max(1_000_000).nullable().default(null).describe('Longest answer, in tokens'),
  tools: z.array(z.string().max(64)).max(64).default([]).describe('Names of tools it may call'),
  maxIterations: z
    .int()
    .min(1)
    .max(500)
    .default(25)
    .describe('Rounds of tool calls before a final answer is forced (CrewAI max_iter)'),
});
export type AgentData = z.infer<typeof AgentData>;
