import { z } from 'zod';
import { Rule } from '../rules.ts';
import { ToolFailurePolicy, ToolOptions } from './agent.ts';

/** Something an answer must fulfil: a rule over `output`, or an instruction that a model judges it by. */
export const Guardrail = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rule'),
    rule: Rule,
    message: z.string().max(1_000).default('').describe('What the agent is told when it does not hold'),
  }),
  z.strictObject({
    kind: z.literal('model'),
    instruction: z.string().min(1).max(10_000),
    model: z.string().max(200).optional().describe('provider/model; the agent’s own unless said'),
  }),
]);
export type Guardrail = z.infer<typeof Guardrail>;

/** JSON Schema of an answer. Its size is bounded here, its keywords by `validateGraph`. */
export const OutputSchema = z
  .record(z.string(), z.unknown())
  .refine((schema) => JSON.stringify(schema).length <= 50_000, 'The schema is longer than 50,000 characters');
export type OutputSchema = z.infer<typeof OutputSchema>;

/** Is told when a task has ended (CrewAI callback). */
export const TaskCallback = z.strictObject({
  url: z.url().max(2_000),
  credentialId: z.uuid().optional(),
});
export type TaskCallback = z.infer<typeof TaskCallback>;

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
  outputSchema: OutputSchema.optional().describe('The answer is JSON that fits this schema'),
  guardrails: z
    .array(Guardrail)
    .max(10)
    .optional()
    .describe('Checked in order; each retry keeps its context'),
  guardrailMaxRetries: z.int().min(0).max(20).optional().describe('For each guardrail; 3 unless said'),
  condition: Rule.optional().describe('Skipped unless it holds; what comes after goes on without it'),
  humanInput: z
    .boolean()
    .optional()
    .describe('A person reads the answer and says what to change, until content'),
  toolFailurePolicy: ToolFailurePolicy.optional().describe('Overrides the agent’s'),
  toolOptions: ToolOptions.optional().describe('Tool by tool in place of the agent’s'),
  callback: TaskCallback.optional(),
  triggerPayload: z
    .boolean()
    .optional()
    .describe('Is told the payload that started the simulation; the first task is unless said'),
});
export type TaskData = z.infer<typeof TaskData>;
