import { z } from 'zod';
import { AgentData } from './nodes/agent.ts';
import { ApprovalData } from './nodes/approval.ts';
import { LoopData } from './nodes/loop.ts';
import { MapData } from './nodes/map.ts';
import { OutcomeName } from './nodes/outcome.ts';
import { RouterData } from './nodes/router.ts';
import { TaskData } from './nodes/task.ts';
import { WaitData } from './nodes/wait.ts';
import { CrewSettings } from './settings.ts';

/** Semantics of plan and prompts. The engine branches on them, so that old plans keep their old meaning. */
export const PLAN_VERSION = 1;
export const PROMPT_VERSION = 1;

/** What of an agent is carried into a plan as it was written; absent where it was not. */
const AGENT_EXTRAS = AgentData.pick({
  fallbackModels: true,
  topP: true,
  seed: true,
  stop: true,
  reasoningEffort: true,
  maxRpm: true,
  maxExecutionSeconds: true,
  maxRetries: true,
  allowDelegation: true,
  useSystemPrompt: true,
  systemTemplate: true,
  promptTemplate: true,
  responseTemplate: true,
  respectContextWindow: true,
  injectDate: true,
  dateFormat: true,
  planning: true,
  toolFailurePolicy: true,
  toolOptions: true,
  knowledge: true,
  knowledgeLimit: true,
  knowledgeThreshold: true,
  memory: true,
  skills: true,
});
export const AGENT_EXTRA_FIELDS = AGENT_EXTRAS.keyof().options;

/** An agent resolved for running: nothing is looked up later except credentials. */
export const PlanAgent = z.strictObject({
  nodeId: z.string(),
  name: z.string(),
  role: z.string(),
  goal: z.string(),
  backstory: z.string(),
  model: z.string().describe('provider/model, default applied'),
  temperature: z.number().nullable(),
  maxTokens: z.int().nullable(),
  ...AGENT_EXTRAS.shape,
  tools: z.array(z.string()).optional().describe('Its own, where it may be handed work by others'),
  maxIterations: z.int().optional(),
});
export type PlanAgent = z.infer<typeof PlanAgent>;

/**
 * Whose answers a node reads. `first: n` is the first n nodes of its block ("all earlier ones", which would fill a
 * long plan with its own square if it were written out); `tasks` are node ids in the order they are joined.
 */
export const PlanContext = z.union([
  z.strictObject({ first: z.int().min(0) }),
  z.strictObject({ tasks: z.array(z.string()) }),
]);
export type PlanContext = z.infer<typeof PlanContext>;

/** Where a node stands among the others. What is absent is as in a crew of tasks alone. */
const PLACE = {
  waitsFor: z.array(z.string()).describe('Nodes of its block that must have ended before this one starts'),
  context: PlanContext,
  blockId: z.string().optional().describe('The map or loop that it is done in'),
  branches: z
    .array(z.strictObject({ from: z.string(), outcome: OutcomeName }))
    .optional()
    .describe('Skipped unless one of these routers or approvals came out so'),
  follows: z
    .array(z.string())
    .optional()
    .describe('Without branches: skipped when all of these were skipped by a branch'),
};

const TASK_EXTRAS = TaskData.pick({
  outputSchema: true,
  guardrails: true,
  guardrailMaxRetries: true,
  condition: true,
  humanInput: true,
  toolFailurePolicy: true,
  toolOptions: true,
  callback: true,
  triggerPayload: true,
});
export const TASK_EXTRA_FIELDS = TASK_EXTRAS.keyof().options;

/** A task with everything resolved. `waitsFor` names earlier nodes by id, in plan order. */
export const PlanTask = z.strictObject({
  nodeId: z.string(),
  name: z.string(),
  agentId: z.string().describe('In a hierarchical crew the manager’s'),
  description: z.string(),
  expectedOutput: z.string(),
  tools: z.array(z.string()),
  markdown: z.boolean(),
  outputFile: z.string().nullable(),
  maxIterations: z.int(),
  ...PLACE,
  ...TASK_EXTRAS.shape,
  coworkers: z
    .array(z.string())
    .optional()
    .describe('Node ids of the agents that work may be handed to; absent when it may not'),
});
export type PlanTask = z.infer<typeof PlanTask>;

const control = <K extends string, D extends z.ZodRawShape>(kind: K, data: z.ZodObject<D>) =>
  z.strictObject({ kind: z.literal(kind), nodeId: z.string(), ...data.shape, ...PLACE });

/** A node that decides or repeats, with everything resolved. */
export const PlanControl = z.discriminatedUnion('kind', [
  control('router', RouterData),
  control('map', MapData),
  control('loop', LoopData),
  control('approval', ApprovalData),
  control('wait', WaitData),
  z.strictObject({
    kind: z.literal('crew'),
    nodeId: z.string(),
    name: z.string(),
    crewVersionId: z.string(),
    inputs: z.record(z.string(), z.string()),
    ...PLACE,
  }),
]);
export type PlanControl = z.infer<typeof PlanControl>;
export type PlanControlOf<K extends PlanControl['kind']> = Extract<PlanControl, { kind: K }>;

/** A tool that is not of the catalogue, as people agreed to it when the plan was made. */
export const PlanTool = z.strictObject({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  changesOutsideWorld: z.boolean(),
  version: z.string(),
});
export type PlanTool = z.infer<typeof PlanTool>;

/** A graph compiled for running, frozen in a crew version. Positions and notes are not in it. */
export const Plan = z.strictObject({
  version: z.literal(PLAN_VERSION),
  promptVersion: z.literal(PROMPT_VERSION),
  process: z.enum(['sequential', 'hierarchical', 'parallel']),
  settings: CrewSettings.optional(),
  inputs: z.array(z.string()).describe('Names of the placeholders, in order of first appearance'),
  agents: z.array(PlanAgent),
  tasks: z.array(PlanTask).describe('In topological order; ties by the order of nodes; block by block'),
  tools: z.array(PlanTool).optional().describe('Those of tool servers that the crew uses'),
  controls: z.array(PlanControl).optional(),
  blocks: z
    .array(z.strictObject({ id: z.string().nullable(), nodeIds: z.array(z.string()) }))
    .optional()
    .describe(
      'What is done in the crew itself (null), then in each map and loop, in order; absent: the tasks',
    ),
});
export type Plan = z.infer<typeof Plan>;

/** Ids of what a block does, in order. */
export const nodesOfBlock = (plan: Plan, block: string | null): readonly string[] =>
  plan.blocks?.find(({ id }) => id === block)?.nodeIds ??
  (block === null ? plan.tasks.map(({ nodeId }) => nodeId) : []);
