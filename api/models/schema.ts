import { z } from 'zod';
import { PROVIDERS } from '#workflows/catalogue/models.ts';

export const ListModels = z.strictObject({
  crewId: z.uuid().optional().describe('Counts only keys that this crew may use'),
});
export type ListModels = z.infer<typeof ListModels>;

const Price = z.object({
  input: z.int().describe('Micro-dollars for a million tokens'),
  output: z.int().describe('Micro-dollars for a million tokens'),
});
const Can = z.boolean().nullable().describe('null: not known');

export const ModelView = z.object({
  name: z.string().describe('As agents name it: provider/model'),
  provider: z.enum(PROVIDERS),
  group: z.string().describe('Whose it is, for people'),
  title: z.string(),
  usable: z.boolean().describe('There is a key for it, or it needs none'),
  through: z
    .enum(['me', 'workspace', 'operator', 'demo'])
    .nullable()
    .describe('Whose key pays; null when there is none'),
  contextTokens: z.int().nullable(),
  maxOutputTokens: z.int().nullable(),
  price: Price.nullable(),
  longInput: z
    .object({ above: z.int(), price: Price })
    .nullable()
    .describe('Another price for requests with more input tokens than `above`'),
  capabilities: z.object({ tools: Can, jsonSchema: Can, images: Can, temperature: Can }),
});
export type ModelView = z.infer<typeof ModelView>;

/** One of the workspace's own servers. Which models it has, it alone knows. */
export const ModelServerView = z.object({
  prefix: z.string().describe('How names of its models begin: custom/<server>/'),
  title: z.string(),
});

export const ModelsView = z.object({
  items: z.array(ModelView),
  servers: z.array(ModelServerView),
  defaultModel: z.string().describe('Of agents that name none'),
  pricesAsOf: z.iso.date(),
});
export type ModelsView = z.infer<typeof ModelsView>;
