import { z } from 'zod';

/** What a model is told of a tool, what a person sees of it, and what makes a stored result reusable. */
export interface ToolDeclaration {
  readonly name: string;
  readonly title: string;
  /** For the model: when to use it. */
  readonly description: string;
  /** JSON Schema of the arguments. Part of the request hash. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** In a fork such tools are not simply called again. */
  readonly changesOutsideWorld: boolean;
  /** Rises when the same arguments may give another result; older results are then not reused. */
  readonly version: string;
}

export const calculatorArguments = z.strictObject({
  expression: z
    .string()
    .min(1)
    .max(500)
    .describe(
      'For example "(17.5 * 4 + 2) / 3". Operators + - * / % ^, parentheses, sqrt, abs, round, min, max.',
    ),
});

export const currentTimeArguments = z.strictObject({
  timeZone: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('IANA name such as "Europe/Berlin". UTC when left out.'),
});

/** Without `$schema`: providers ignore it at best. */
function jsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

export const calculator: ToolDeclaration = {
  name: 'calculator',
  title: 'Calculator',
  description: 'Works out an arithmetic expression to 15 digits. Use it whenever a number has to be right.',
  parameters: jsonSchema(calculatorArguments),
  changesOutsideWorld: false,
  version: '1',
};

export const currentTime: ToolDeclaration = {
  name: 'current_time',
  title: 'Current time',
  description: 'Tells the current date, weekday and time, in UTC or in a time zone.',
  parameters: jsonSchema(currentTimeArguments),
  changesOutsideWorld: false,
  version: '1',
};

export const TOOLS: readonly ToolDeclaration[] = [calculator, currentTime];

const byName = new Map(TOOLS.map((tool) => [tool.name, tool]));

/** Undefined for a name that is not in the catalogue, whatever it is spelled like. */
export const findTool = (name: string): ToolDeclaration | undefined => byName.get(name);
