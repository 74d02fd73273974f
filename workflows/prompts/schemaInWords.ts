import { orderedSchema } from './orderedSchema.ts';

/** Told where the provider cannot hold a model to a schema. */
export const schemaInWords = (schema: Readonly<Record<string, unknown>>): string =>
  'Your final answer must be one JSON value that fits this JSON Schema. Keep all the content. Give the JSON alone: no ' +
  `words around it, no code fence, and not the schema itself.\n\n${JSON.stringify(orderedSchema(schema), null, 2)}`;
