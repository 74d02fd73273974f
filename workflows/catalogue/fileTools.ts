import { z } from 'zod';
import { jsonSchema, type ToolDeclaration } from './toolDeclaration.ts';

const UNSAFE = /[\p{Cc}\\:*?"<>|]|(^|\/)\.{1,2}(\/|$)|^\/|\/\/|\/$/u;

const name = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !UNSAFE.test(text), 'Use a plain name such as "report.md" or "data/prices.csv"');

export const readFileArguments = z.strictObject({
  name: name.describe('Name of a file of this simulation.'),
  startLine: z.int().min(1).optional().describe('First line to read; 1 when left out.'),
  lineCount: z.int().min(1).max(10_000).optional().describe('How many lines; all when left out.'),
});

export const readFile: ToolDeclaration = {
  name: 'read_file',
  title: 'Read file',
  summary: 'Reads a file that this simulation has written. No other files can be reached.',
  description: 'Reads a file of this simulation, whole or some of its lines.',
  parameters: jsonSchema(readFileArguments),
  changesOutsideWorld: false,
  version: '1',
};

export const writeFileArguments = z.strictObject({
  name: name.describe('Name for the file, for example "report.md".'),
  content: z.string().max(200_000).describe('Its whole text.'),
  overwrite: z
    .boolean()
    .optional()
    .describe('false: refuse when there is a file of that name. True when left out.'),
});

export const writeFile: ToolDeclaration = {
  name: 'write_file',
  title: 'Write file',
  summary: 'Keeps a text as a file of the simulation, where its people can download it.',
  description: 'Writes a file of this simulation. What was in it before is replaced.',
  parameters: jsonSchema(writeFileArguments),
  changesOutsideWorld: false,
  version: '1',
};

export const listFilesArguments = z.strictObject({});

export const listFiles: ToolDeclaration = {
  name: 'list_files',
  title: 'List files',
  summary: 'Lists the files that this simulation has written.',
  description: 'Lists the files of this simulation with their sizes.',
  parameters: jsonSchema(listFilesArguments),
  changesOutsideWorld: false,
  version: '1',
};
