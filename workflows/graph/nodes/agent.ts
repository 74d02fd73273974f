import { z } from 'zod';
import { Skills } from '../skill.ts';

/** What happens when a tool says that it failed: the agent reads it, the agent reads it and people are told, or the task fails. */
export const ToolFailurePolicy = z.enum(['ignore', 'warn', 'raise']);
export type ToolFailurePolicy = z.infer<typeof ToolFailurePolicy>;

/** How a tool may be used, by its name (CrewAI result_as_answer and max_usage_count). */
export const ToolOptions = z
  .record(
    z.string().min(1).max(64),
    z.strictObject({
      resultAsAnswer: z
        .boolean()
        .optional()
        .describe('What it gives is the answer of the task, word by word, unless it fails'),
      maxUses: z.int().min(1).max(1_000).optional().describe('How often it may be used in a task'),
    }),
  )
  .refine((options) => Object.keys(options).length <= 64, 'There are more than 64 tools');
export type ToolOptions = z.infer<typeof ToolOptions>;

/** An agent that makes a plan before it begins (CrewAI planning_config, and reasoning). */
export const Planning = z.strictObject({
  effort: z
    .enum(['low', 'medium', 'high'])
    .default('medium')
    .describe('low: steps run unobserved; medium: looked at after each; high: may be refined or ended early'),
  maxAttempts: z.int().min(1).max(10).nullable().default(null).describe('null: until the plan is ready'),
  maxSteps: z.int().min(1).max(50).default(20),
  maxReplans: z.int().min(0).max(10).default(3),
});
export type Planning = z.infer<typeof Planning>;

/**
 * What an agent is: written here, or copied from the library. Texts may hold `{placeholders}`. What is optional and
 * left out is as in CrewAI.
 */
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
  fallbackModels: z
    .array(z.string().max(200))
    .max(5)
    .optional()
    .describe('provider/model, tried in order when the one before refuses or cannot be reached'),
  topP: z.number().min(0).max(1).optional(),
  seed: z.int().min(0).max(2_147_483_647).optional(),
  stop: z.array(z.string().min(1).max(100)).max(4).optional().describe('Texts at which an answer ends'),
  reasoningEffort: z
    .enum(['minimal', 'low', 'medium', 'high'])
    .optional()
    .describe('For models that think before they answer'),
  maxRpm: z.int().min(1).max(10_000).optional().describe('Model calls a minute'),
  maxExecutionSeconds: z
    .int()
    .min(1)
    .max(86_400)
    .optional()
    .describe('Longest time for a task; not tried again when it is over (CrewAI max_execution_time)'),
  maxRetries: z
    .int()
    .min(0)
    .max(10)
    .optional()
    .describe(
      'How often a step that failed is tried again, from where its task stands; 4 times unless said (CrewAI max_retry_limit)',
    ),
  allowDelegation: z.boolean().optional().describe('May hand work to, and ask, the other agents of the crew'),
  useSystemPrompt: z.boolean().optional().describe('false: everything in one user message'),
  systemTemplate: z.string().max(20_000).optional().describe('Used with a prompt template; {{ .System }}'),
  promptTemplate: z.string().max(20_000).optional().describe('Used with a system template; {{ .Prompt }}'),
  responseTemplate: z
    .string()
    .max(20_000)
    .optional()
    .describe('{{ .Response }}; what follows it ends an answer'),
  respectContextWindow: z
    .boolean()
    .optional()
    .describe('Summarise what no longer fits; true unless said. false: the task fails'),
  injectDate: z.boolean().optional().describe('Tell it the date'),
  dateFormat: z.string().max(60).optional().describe('As in strftime; %Y-%m-%d unless said'),
  planning: Planning.optional(),
  toolFailurePolicy: ToolFailurePolicy.optional(),
  toolOptions: ToolOptions.optional(),
  knowledge: z.array(z.uuid()).max(20).optional().describe('Knowledge bases it reads before a task'),
  knowledgeLimit: z.int().min(1).max(50).optional().describe('Passages it is given; 5 unless said'),
  knowledgeThreshold: z.number().min(0).max(1).optional().describe('Least likeness; 0.6 unless said'),
  memory: z.boolean().optional().describe('Remembers; the crew’s setting unless said'),
  skills: Skills.optional().describe('Instructions that it can ask for when it needs them'),
  guardrail: z
    .string()
    .max(10_000)
    .optional()
    .describe('What its answers must fulfil when it is tried alone, judged by a model'),
  guardrailMaxRetries: z.int().min(0).max(20).optional().describe('3 unless said'),
  libraryId: z.uuid().optional().describe('The agent of the library that it was copied from'),
  libraryVersion: z.int().min(1).optional().describe('Of the agent of the library, when it was copied'),
});
export type AgentData = z.infer<typeof AgentData>;
