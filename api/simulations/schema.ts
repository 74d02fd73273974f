import { z } from 'zod';
import {
  type Delta,
  Failure,
  SimulationEvent,
  SimulationStatus,
  StepKind,
  WaitingFor,
} from '#workflows/graph/eventSchema.ts';
import { InputName } from '#workflows/graph/names.ts';
import { CrewGraph } from '#workflows/graph/schema.ts';
import { ForkOrigin } from '../database/ForkOrigin.ts';
import { PageInput, pageOf } from '../pages.ts';

export const AnswerQuestion = z.strictObject({
  id: z.uuid(),
  requestId: z.uuid().describe('Of the event `question.asked`'),
  outcome: z.string().max(60).optional().describe('Of an approval: one of its outcomes'),
  text: z
    .string()
    .max(100_000)
    .optional()
    .describe('What you say. Of an answer that you read: what should change; nothing when it is good'),
});
export const SimulationId = z.strictObject({ id: z.uuid() });
export const StartSimulation = z.strictObject({
  crewId: z.uuid(),
  inputs: z.record(InputName, z.string().max(100_000)).default({}),
  budget: z
    .strictObject({ costMicros: z.int().min(0) })
    .optional()
    .describe('Most that may be spent, in micro-dollars; a call that could exceed it waits for a person'),
});
/** The header `Idempotency-Key` of REST is `idempotencyKey` in tRPC. */
export const StartSimulationWithKey = StartSimulation.extend({
  idempotencyKey: z.string().min(1).max(255).optional(),
});
export const ListSimulations = PageInput.extend({
  crewId: z.uuid().optional(),
  agentId: z.uuid().optional().describe('Try-outs of this agent of the library'),
  status: SimulationStatus.optional(),
});
export const ResumeSimulation = SimulationId.extend({
  budget: z
    .strictObject({ costMicros: z.int().min(0) })
    .optional()
    .describe('A new limit'),
});
export const ListEvents = z.strictObject({
  id: z.uuid(),
  after: z.coerce.number().int().min(0).default(0).describe('Exclusive'),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
});
/** `lastEventId` is what tRPC sends by itself when a connection is resumed; it wins over `after`. */
export const FollowEvents = z.strictObject({
  id: z.uuid(),
  after: z.coerce.number().int().min(0).default(0),
  lastEventId: z
    .string()
    .regex(/^\d{1,9}$/)
    .nullish(),
});
export const ListSteps = z.strictObject({
  id: z.uuid(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(500),
});
export const GetStep = z.strictObject({ id: z.uuid(), path: z.string().max(300) });
export const GetFile = z.strictObject({ id: z.uuid(), name: z.string().max(500) });

export const Totals = z.object({
  modelCalls: z.int(),
  toolCalls: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.int(),
  reusedSteps: z.int(),
});
export const SimulationSummary = z.object({
  id: z.uuid(),
  crewId: z.uuid(),
  title: z.string(),
  status: SimulationStatus,
  waitingFor: WaitingFor.nullable(),
  failure: Failure.nullable(),
  totals: Totals,
  forkedFrom: z.uuid().nullable().describe('It may have been removed since'),
  purpose: ForkOrigin.shape.purpose
    .nullable()
    .describe('Why it was made of another simulation; null when it was not'),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
});
/** With how long it stays: of lists and pages. */
export const ListedSimulation = SimulationSummary.extend({
  isKept: z.boolean().describe('Kept for good, however long simulations are kept in its workspace'),
  expiresAt: z.iso.datetime().nullable().describe('When it is removed; null when nothing is decided to'),
});
export const SimulationView = ListedSimulation.extend({
  inputs: z.record(z.string(), z.string()),
  output: z.string().nullable().describe('Last answer that is not empty, in order of tasks'),
  agentId: z.uuid().nullable().describe('Of a try-out: the agent of the library that it tries'),
  crewVersion: z.int(),
  graph: CrewGraph.describe('The crew as it was'),
  epoch: z.int(),
  budget: z.object({ costMicros: z.int(), spentMicros: z.int(), reservedMicros: z.int() }).nullable(),
  lastSeq: z.int(),
  origin: ForkOrigin.nullable().describe('Of a fork: how it differs from what it was forked from'),
  continuedIn: z.uuid().nullable().describe('The fork that goes on in its place'),
  isCopy: z.boolean().describe('Copied from another workspace to be forked here; nothing of it ran here'),
  files: z.array(z.object({ name: z.string(), size: z.int().describe('Bytes'), path: z.string() })),
});
export const SimulationPage = pageOf(ListedSimulation);
export const StatusView = z.object({ status: SimulationStatus });
export const StartView = z.object({ id: z.uuid(), status: SimulationStatus });

export const StepView = z.object({
  path: z.string(),
  nodeId: z.string(),
  kind: StepKind,
  state: z.enum(['running', 'waiting', 'completed', 'failed', 'cancelled', 'unknown']),
  epoch: z.int(),
  attempt: z.int(),
  model: z.string().nullable(),
  tool: z.string().nullable(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  costMicros: z.int().nullable(),
  reusedFrom: z.string().nullable(),
  isEdited: z.boolean().describe('A person gave this answer in place of the one in the parent'),
  failure: Failure.nullable(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  endedSeq: z.int().nullable(),
});
export const StepPage = pageOf(StepView);

/** A step opened: the prompt as it was sent and the answer as it came. */
export const StepDetail = StepView.extend({
  messages: z.array(
    z.object({
      role: z.enum(['system', 'user', 'assistant', 'tool']),
      content: z.string(),
      toolCalls: z.array(z.object({ name: z.string(), arguments: z.string() })),
    }),
  ),
  offeredTools: z.array(z.string()),
  toolArguments: z.string().nullable().describe('Tool steps: as the model wrote them'),
  answer: z.string().nullable(),
  toolCalls: z.array(z.object({ name: z.string(), arguments: z.string() })),
  finishReason: z.string().nullable(),
  partial: z.string().nullable().describe('Text so far, while it is being written'),
  calls: z.array(
    z.object({
      epoch: z.int(),
      attempt: z.int(),
      state: z.enum(['sent', 'answered', 'failed', 'cancelled', 'unknown']),
      costMicros: z.int().nullable(),
      failure: z.string().nullable(),
      startedAt: z.iso.datetime(),
      endedAt: z.iso.datetime().nullable(),
    }),
  ),
});
export const EventPage = z.object({ items: z.array(SimulationEvent) });

/** What a follower gets: numbered events, and between them pieces of answers that are being written. */
export type LiveDelta = { readonly type: 'delta'; readonly data: Delta };
export type FollowMessage = SimulationEvent | LiveDelta;

export const FileView = z.object({ name: z.string(), size: z.int().describe('Bytes'), text: z.string() });
export type FileView = z.infer<typeof FileView>;
export type Totals = z.infer<typeof Totals>;
export type SimulationSummary = z.infer<typeof SimulationSummary>;
export type ListedSimulation = z.infer<typeof ListedSimulation>;
export type SimulationView = z.infer<typeof SimulationView>;
export type StartView = z.infer<typeof StartView>;
export type StatusView = z.infer<typeof StatusView>;
export type StepView = z.infer<typeof StepView>;
export type StepDetail = z.infer<typeof StepDetail>;
export type StartSimulation = z.infer<typeof StartSimulationWithKey>;
export type AnswerQuestion = z.infer<typeof AnswerQuestion>;
