import { z } from 'zod';
import { PageInput, pageOf } from '../pages.ts';

const Name = z.string().trim().min(1).max(200);
const Description = z.string().max(2_000);

export const KnowledgeId = z.strictObject({ id: z.uuid() });
export const SourceId = z.strictObject({ id: z.uuid(), sourceId: z.uuid() });
export const CreateKnowledge = z.strictObject({ name: Name, description: Description.default('') });
export const SaveKnowledge = z.strictObject({
  id: z.uuid(),
  name: Name.optional(),
  description: Description.optional(),
});
export const ListKnowledge = PageInput;

export const AddSource = z.strictObject({
  id: z.uuid(),
  fileId: z.uuid().optional().describe('A file that was uploaded'),
  name: Name.optional().describe('With `text`: what it is called'),
  text: z.string().min(1).max(800_000).optional().describe('Instead of a file; Markdown is fine'),
});

export const SearchKnowledge = z.strictObject({
  id: z.uuid(),
  query: z.string().trim().min(1).max(2_000),
  limit: z.int().min(1).max(50).default(5),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.6)
    .describe('Least score of passages that are compared by meaning'),
});

export const SourceState = z.enum(['queued', 'reading', 'ready', 'failed']);

export const SourceView = z.object({
  id: z.uuid(),
  fileId: z.uuid(),
  name: z.string(),
  mediaType: z.string(),
  size: z.int().describe('Bytes'),
  state: SourceState,
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  passages: z.int(),
  foundBy: z.enum(['meaning', 'words']).nullable().describe('null until it is ready'),
  embeddingModel: z.string().nullable().describe('Whose vectors its passages have'),
  inputTokens: z.int().describe('Read by the embedding model'),
  costMicros: z.int(),
  createdAt: z.iso.datetime(),
});
export type SourceView = z.infer<typeof SourceView>;

export const KnowledgeSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  sources: z.object({ ready: z.int(), reading: z.int(), failed: z.int() }),
  passages: z.int().describe('That can be found'),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type KnowledgeSummary = z.infer<typeof KnowledgeSummary>;
export const KnowledgePage = pageOf(KnowledgeSummary);

export const KnowledgeView = KnowledgeSummary.extend({
  items: z.array(SourceView),
  embedding: z
    .object({
      model: z.string(),
      of: z.enum(['workspace', 'operator']).describe('Whose key it is asked with'),
    })
    .nullable()
    .describe('What is looked up by meaning now; null when words alone are compared'),
  byWords: z
    .int()
    .describe('Sources that are ready and that this model has not read: they are found by their words'),
});
export type KnowledgeView = z.infer<typeof KnowledgeView>;

export const FoundPassage = z.object({
  sourceId: z.uuid(),
  source: z.string(),
  number: z.int().describe('Of the passage in its source, from 1'),
  text: z.string(),
  score: z.number(),
  meaning: z.number().nullable().describe('Nearness of meaning; null when compared by words alone'),
  words: z.number().describe('Share of the query’s words that it has, rare ones counting more'),
});
export const FoundPassages = z.object({
  items: z.array(FoundPassage),
  foundBy: z.enum(['meaning', 'words']),
  notice: z.string().nullable().describe('Why it was looked up by words alone, if something failed'),
});
