import { z } from 'zod';
import { jsonSchema, type ToolDeclaration } from './toolDeclaration.ts';

export const askPersonArguments = z.strictObject({
  question: z
    .string()
    .min(1)
    .max(10_000)
    .describe('One question, with all that somebody needs to know to answer it.'),
});

export const askPerson: ToolDeclaration = {
  name: 'ask_person',
  title: 'Ask a person',
  summary: 'Puts a question into the inbox of your workspace and waits until somebody answers it.',
  description:
    'Asks a person and waits for the answer, which may take long. Use it for what only a person can know or decide.',
  parameters: jsonSchema(askPersonArguments),
  changesOutsideWorld: false,
  version: '1',
};
