import { z } from 'zod';
import { jsonSchema, type ToolDeclaration } from './toolDeclaration.ts';

export const calculatorArguments = z.strictObject({
  expression: z
    .string()
    .min(1)
    .max(500)
    .describe(
      'For example "(17.5 * 4 + 2) / 3". Operators + - * / % ^, parentheses, sqrt, abs, round, min, max.',
    ),
});

export const calculator: ToolDeclaration = {
  name: 'calculator',
  title: 'Calculator',
  summary: 'Works out arithmetic exactly. Reaches nothing.',
  description: 'Works out an arithmetic expression to 15 digits. Use it whenever a number has to be right.',
  parameters: jsonSchema(calculatorArguments),
  changesOutsideWorld: false,
  version: '1',
};

export const currentTimeArguments = z.strictObject({
  timeZone: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('IANA name such as "Europe/Berlin". UTC when left out.'),
});

export const currentTime: ToolDeclaration = {
  name: 'current_time',
  title: 'Current time',
  summary: 'Tells the date and time of the simulation. Reaches nothing.',
  description: 'Tells the current date, weekday and time, in UTC or in a time zone.',
  parameters: jsonSchema(currentTimeArguments),
  changesOutsideWorld: false,
  version: '1',
};

export const jsonQueryArguments = z.strictObject({
  query: z
    .string()
    .min(1)
    .max(1_000)
    .describe('JMESPath, for example "orders[?total > `100`].{id: id, city: address.city}".'),
  json: z.string().min(1).max(200_000).optional().describe('The JSON text to look in.'),
  file: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Or the name of a file of this simulation that holds it.'),
});

export const jsonQuery: ToolDeclaration = {
  name: 'json_query',
  title: 'JSON query',
  summary: 'Takes values out of JSON, from a text or from a file of the simulation.',
  description: 'Takes values out of JSON with a JMESPath query: filter, pick, sort, count, sum.',
  parameters: jsonSchema(jsonQueryArguments),
  changesOutsideWorld: false,
  version: '1',
};
