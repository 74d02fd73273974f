import { z } from 'zod';

/** Semantics of plan and prompts. The engine branches on them, so that old plans keep their old meaning. */
export const PLAN_VERSION = 1;
export const PROMPT_VERSION = 1;

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
});
export type PlanAgent = z.infer<typeof PlanAgent>;

/**
 * Whose answers a task reads. `first: n` is the first n tasks of the plan ("all earlier ones", which would fill a
 * long plan with its own square if it were written out); `tasks` are node ids in the order they are joined.
 */
export const PlanContext = z.union([
  z.strictObject({ first: z.int().min(0) }),
  z.strictObject({ tasks: z.array(z.string()) }),
]);
export type PlanContext = z.infer<typeof PlanContext>;

/** A task with everything resolved. `waitsFor` names earlier tasks by node id, in plan order. */
export const PlanTask = z.strictObject({
  nodeId: z.string(),
  name: z.string(),
  agentId: z.string(),
  description: z.string(),
  expectedOutput: z.string(),
  tools: z.array(z.string()),
  markdown: z.boolean(),
  outputFile: z.string().nullable(),
  maxIterations: z.int(),
  waitsFor: z.array(z.string()).describe('Tasks that must have ended before this one starts'),
  context: PlanContext,
});
export type PlanTask = z.infer<typeof PlanTask>;

/** A graph compiled for running, frozen in a crew version. Positions and notes are not in it. */
export const Plan = z.strictObject({
  version: z.literal(PLAN_VERSION),
  promptVersion: z.literal(PROMPT_VERSION),
  process: z.enum(['sequential', 'parallel']),
  inputs: z.array(z.string()).describe('Names of the placeholders, in order of first appearance'),
  agents: z.array(PlanAgent),
  tasks: z.array(PlanTask).describe('In topological order; ties by the order of nodes'),
});
export type Plan = z.infer<typeof Plan>;
