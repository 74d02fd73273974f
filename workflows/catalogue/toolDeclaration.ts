import { z } from 'zod';

/** What a model is told of a tool, what a person sees of it, and what makes a stored result reusable. */
export interface ToolDeclaration {
  readonly name: string;
  readonly title: string;
  /** For people: what it does, and what it reaches. */
  readonly summary?: string;
  /** For the model: when to use it. */
  readonly description: string;
  /** JSON Schema of the arguments. Part of the request hash. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** In a fork such tools are not simply called again. A call that only reads may be let through all the same. */
  readonly changesOutsideWorld: boolean;
  /** Rises when the same arguments may give another result; older results are then not reused. */
  readonly version: string;
}

/** Without `$schema`: providers ignore it at best. */
export function jsonSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}
