import { z } from 'zod';

/** A typed failure as people and programs see it. `code` is stable and dotted, `message` a sentence. */
export const Failure = z.strictObject({
  code: z.string(),
  message: z.string(),
  path: z.string().nullable().describe('The step that failed, or null'),
});
export type Failure = z.infer<typeof Failure>;

/** Why a simulation waits. `until` is when a provider said to come back, or when a wait is over. */
export const WaitingFor = z.strictObject({
  kind: z.enum(['paused', 'budget', 'provider', 'engine', 'person', 'time', 'tokens']),
  until: z.iso.datetime().nullable(),
  by: z.string().nullable().describe('Name of who paused it'),
});
export type WaitingFor = z.infer<typeof WaitingFor>;

export const StepKind = z.enum(['model', 'tool', 'decision', 'person', 'knowledge', 'memory']);
export type StepKind = z.infer<typeof StepKind>;

/** An approval, the reading of an answer, or what an agent wants to know. */
export const QuestionKind = z.enum(['approval', 'feedback', 'question']);
export type QuestionKind = z.infer<typeof QuestionKind>;

/** A node in its scope. */
const task = {
  nodeId: z.string(),
  scope: z
    .string()
    .optional()
    .describe('Where it is done: absent at the top, else a map item, a round, a sub-crew'),
};
const step = { path: z.string(), ...task, kind: StepKind, epoch: z.int(), attempt: z.int() };

const TOOL_FAILED = z
  .literal(true)
  .optional()
  .describe('The tool said that it failed; the agent read that and went on');

const question = { requestId: z.uuid(), path: z.string(), ...task };

/** Type by type, what an event carries besides `seq`, `type` and `at`. */
const data = {
  'simulation.started': z.strictObject({ epoch: z.int() }),
  'simulation.waiting': z.strictObject({ waitingFor: WaitingFor }),
  'simulation.paused': z.strictObject({ by: z.string().nullable() }),
  'simulation.resumed': z.strictObject({ by: z.string().nullable() }),
  'simulation.retried': z.strictObject({ epoch: z.int() }),
  'simulation.completed': z.strictObject({ outputPath: z.string().nullable() }),
  'simulation.failed': z.strictObject({ failure: Failure }),
  'simulation.cancelled': z.strictObject({ by: z.string().nullable() }),
  'task.started': z.strictObject(task),
  'task.completed': z.strictObject({
    ...task,
    path: z.string().describe('The step whose answer is the task’s'),
  }),
  'task.skipped': z.strictObject({
    ...task,
    reason: z
      .enum(['branch', 'condition'])
      .optional()
      .describe('branch: it was not on the way taken; condition: its own did not hold'),
  }),
  'task.failed': z.strictObject({ ...task, failure: Failure }),
  'step.started': z.strictObject({ ...step, model: z.string().nullable(), tool: z.string().nullable() }),
  'step.completed': z.strictObject({
    ...step,
    inputTokens: z.int().nullable(),
    outputTokens: z.int().nullable(),
    costMicros: z.int().nullable().describe('Micro-dollars; null when the price is not known'),
    durationMs: z.int(),
    preview: z.string().describe('First words of the answer, 200 characters at most'),
    toolFailed: TOOL_FAILED,
  }),
  'step.failed': z.strictObject({
    ...step,
    failure: Failure,
    retryAt: z.iso.datetime().nullable().describe('When it is tried again; null when it is not'),
  }),
  'step.reused': z.strictObject({
    ...step,
    from: z.string().describe('Path of the step in the parent'),
    preview: z.string(),
    model: z.string().nullish().describe('Which answered in the parent; older events do not say'),
    tool: z.string().nullish().describe('Which answered in the parent; older events do not say'),
    toolFailed: TOOL_FAILED,
  }),
  'question.asked': z.strictObject({
    ...question,
    kind: QuestionKind,
    title: z.string(),
    preview: z.string().describe('First words of the question, 200 characters at most'),
    deadlineAt: z.iso.datetime().nullable(),
  }),
  'question.answered': z.strictObject({
    ...question,
    outcome: z.string().nullable().describe('What was decided; null when only a text was asked for'),
    by: z.string().nullable().describe('Name of who answered; null when the deadline did'),
    preview: z.string().describe('First words of what was written'),
  }),
} as const;

const head = { seq: z.int().min(1), at: z.iso.datetime() };
const event = <T extends keyof typeof data>(type: T) =>
  z.strictObject({ ...head, type: z.literal(type), data: data[type] });

/** An unchangeable, numbered fact about a simulation. `seq` is gapless from 1. */
export const SimulationEvent = z.discriminatedUnion('type', [
  event('simulation.started'),
  event('simulation.waiting'),
  event('simulation.paused'),
  event('simulation.resumed'),
  event('simulation.retried'),
  event('simulation.completed'),
  event('simulation.failed'),
  event('simulation.cancelled'),
  event('task.started'),
  event('task.completed'),
  event('task.skipped'),
  event('task.failed'),
  event('step.started'),
  event('step.completed'),
  event('step.failed'),
  event('step.reused'),
  event('question.asked'),
  event('question.answered'),
]);
export type SimulationEvent = z.infer<typeof SimulationEvent>;
export type EventType = SimulationEvent['type'];
export type EventOf<T extends EventType> = Extract<SimulationEvent, { type: T }>;

/**
 * An event before the ledger numbers it. `key` is unique in a simulation and makes storing it twice harmless;
 * `at` is added by the database's clock.
 */
export type NewEvent = {
  [T in EventType]: { readonly key: string; readonly type: T; readonly data: EventOf<T>['data'] };
}[EventType];

/** Text of an answer that is still being written. Unnumbered: the ledger, not the delta, is the truth. */
export const Delta = z.strictObject({
  path: z.string(),
  nodeId: z.string(),
  epoch: z.int(),
  attempt: z.int(),
  offset: z.int().min(0).describe('Where `text` begins in the whole answer, in UTF-16 code units'),
  text: z.string(),
});
export type Delta = z.infer<typeof Delta>;

export const SimulationStatus = z.enum(['queued', 'running', 'waiting', 'completed', 'failed', 'cancelled']);
export type SimulationStatus = z.infer<typeof SimulationStatus>;

export const NodeStatus = z.enum([
  'queued',
  'running',
  'waiting',
  'completed',
  'skipped',
  'failed',
  'cancelled',
  'unknown',
]);
export type NodeStatus = z.infer<typeof NodeStatus>;
