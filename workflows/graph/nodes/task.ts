import { z } from 'zod';

/** What is to be done. Who does it and what it reads are edges. Texts may hold `{placeholders}`. */
export const TaskData = z.strictObject({
  name: z.string().max(200).describe('Short title on canvas, timeline and transcript'),
  description: z.string().max(100_000).default('').describe('What is to be done'),
  expectedOutput: z.string().max(50_000).default('').describe('What good looks like'),
  tools: z
    .array(z.string().max(64))
    .max(64)
    .default([])
    .describe("When not empty, replaces the agent's tools"),
  async: z
    .boolean()
    .default(false)
    .describe('In a sequential crew: the next task need not wait for this one (CrewAI async_execution)'),
  context: z
    .enum(['auto', 'none'])
    .default('auto')
    .describe(
      'Without context edges: auto reads all earlier answers in a sequential crew; none reads nothing',
    ),
  markdown: z.boolean().default(false).describe('Ask for an answer in Markdown'),
  outputFile: z
    .string()
    .max(500)
    .nullable()
    .default(null)
    .describe('Name under which the answer is kept with the simulation; may hold placeholders'),
});
export type TaskData = z.infer<typeof TaskData>;
