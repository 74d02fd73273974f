import { z } from 'zod';
import { QuestionKind } from '#workflows/graph/eventSchema.ts';
import { PageInput, pageOf } from '../pages.ts';

export const QuestionId = z.strictObject({ id: z.uuid() });

export const ListQuestions = PageInput.extend({
  status: z
    .enum(['open', 'closed'])
    .default('open')
    .describe('open: somebody has to answer; closed: answered, expired, or its simulation has ended'),
});

export const QuestionSummary = z.object({
  id: z.uuid().describe('The `requestId` of its answer'),
  simulationId: z.uuid(),
  simulationTitle: z.string(),
  nodeId: z.string(),
  path: z.string(),
  kind: QuestionKind,
  title: z.string().describe('Name of the approval, or of the task'),
  preview: z.string(),
  status: z.enum(['open', 'answered', 'expired', 'closed']),
  deadlineAt: z.iso.datetime().nullable(),
  remindedAt: z.iso.datetime().nullable(),
  askedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  answeredBy: z.string().nullable().describe('Name; null when the deadline decided'),
  outcome: z.string().nullable(),
});
export type QuestionSummary = z.infer<typeof QuestionSummary>;
export const QuestionPage = pageOf(QuestionSummary);
export const QuestionCount = z.object({ open: z.int() });

/** All that somebody needs to answer it. Texts are Markdown, often written by a model. */
export const QuestionView = QuestionSummary.extend({
  prompt: z.string(),
  context: z.array(z.object({ title: z.string(), text: z.string() })),
  outcomes: z.array(z.object({ name: z.string(), description: z.string().optional() })),
  asksForText: z.boolean(),
  text: z.string().nullable().describe('What was answered'),
});
export type QuestionView = z.infer<typeof QuestionView>;
