import { z } from 'zod';
import { StepKind } from '#workflows/graph/eventSchema.ts';
import { ForkChange } from '../../database/ForkOrigin.ts';
import { SimulationSummary, StepView } from '../schema.ts';

export const CompareSimulations = z.strictObject({
  id: z.uuid(),
  with: z.uuid().describe('The other simulation, of this workspace or of another of yours'),
});

const Side = SimulationSummary.extend({
  workspaceId: z.uuid().describe('Where it is; the two may be in different ones'),
  durationMs: z.int().nullable().describe('From start to end; null while it has not ended'),
  steps: z.int(),
  editedSteps: z.int(),
});

const ComparedStep = z.object({
  state: StepView.shape.state,
  kind: StepKind,
  model: z.string().nullable(),
  tool: z.string().nullable(),
  inputTokens: z.int().nullable(),
  outputTokens: z.int().nullable(),
  costMicros: z.int().nullable(),
  durationMs: z.int().nullable(),
  reusedFrom: z.string().nullable(),
  edited: z.boolean(),
  answer: z
    .string()
    .nullable()
    .describe(
      'Of steps that differ: the first 4,000 characters; null for the others and beyond the first 100',
    ),
  isCut: z.boolean().describe('The answer is longer, or is left out'),
});

export const ComparedPair = z.object({
  path: z.string(),
  nodeId: z.string(),
  name: z.string().describe('Of the task'),
  result: z.enum(['same', 'different', 'onlyA', 'onlyB']),
  isRequestSame: z.boolean().nullable().describe('Null unless both were asked'),
  isAnswerSame: z.boolean().nullable().describe('Null unless both have answered'),
  a: ComparedStep.nullable(),
  b: ComparedStep.nullable(),
});
export type ComparedPair = z.infer<typeof ComparedPair>;

export const Comparison = z.object({
  a: Side,
  b: Side,
  changes: z.array(ForkChange).describe('In which b was made differently from a'),
  changed: z.string().describe('The changes in words'),
  counts: z.object({ same: z.int(), different: z.int(), onlyA: z.int(), onlyB: z.int() }),
  firstDifference: z.string().nullable().describe('Path of the first step that is not the same'),
  steps: z.array(ComparedPair).describe('In order of the plan'),
});
export type Comparison = z.infer<typeof Comparison>;
