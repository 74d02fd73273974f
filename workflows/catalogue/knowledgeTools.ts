import { z } from 'zod';
import { jsonSchema, type ToolDeclaration } from './toolDeclaration.ts';

export const knowledgeSearchArguments = z.strictObject({
  query: z.string().min(1).max(1_000).describe('What you want to know, in words that the text would use'),
  limit: z.int().min(1).max(20).optional().describe('How many passages; 5 when left out'),
});

export const memorySearchArguments = z.strictObject({
  queries: z.array(z.string().min(1).max(1_000)).min(1).max(5).describe('Each is looked up by itself'),
});

export const memorySaveArguments = z.strictObject({
  contents: z
    .array(z.string().min(1).max(1_000))
    .min(1)
    .max(10)
    .describe('Statements that can be understood alone, one fact each'),
  importance: z.number().min(0).max(1).optional().describe('0 to 1; 0.5 when left out'),
});

export const knowledgeSearch: ToolDeclaration = {
  name: 'knowledge_search',
  title: 'Knowledge search',
  summary: 'Finds passages in the knowledge bases of the agent and its crew, and in no others.',
  description:
    'Finds passages in the documents that you were given to read. Use it whenever the answer may stand in them, and ' +
    'name the file that a fact is from.',
  parameters: jsonSchema(knowledgeSearchArguments),
  changesOutsideWorld: false,
  version: '1',
};

export const memorySearch: ToolDeclaration = {
  name: 'memory_search',
  title: 'Memory search',
  summary: 'Looks up what this crew has learnt for you.',
  description: 'Looks up what you learnt in earlier work for the same person.',
  parameters: jsonSchema(memorySearchArguments),
  changesOutsideWorld: false,
  version: '1',
};

export const memorySave: ToolDeclaration = {
  name: 'memory_save',
  title: 'Memory save',
  summary: 'Keeps what this crew has learnt for you, and for nobody else.',
  description: 'Keeps facts, decisions and preferences for later work for the same person.',
  parameters: jsonSchema(memorySaveArguments),
  changesOutsideWorld: false,
  version: '1',
};
