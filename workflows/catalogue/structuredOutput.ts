import { findModel, splitModel } from './models.ts';

/** Says a schema natively only with these; a provider refuses what it does not know. */
const PLAIN_KEYWORDS = new Set([
  '$defs',
  '$ref',
  'additionalProperties',
  'anyOf',
  'const',
  'default',
  'definitions',
  'description',
  'enum',
  'items',
  'properties',
  'required',
  'title',
  'type',
]);
const MAPS_OF_SCHEMAS = new Set(['$defs', 'definitions', 'properties']);

/** Whether a model can be held to a schema by its provider; otherwise the schema is told in words. */
export function speaksSchema(name: string, schema: Readonly<Record<string, unknown>>): boolean {
  const provider = splitModel(name)?.provider;
  if (provider === 'demo') return true;
  if (!findModel(name)) return false;
  return provider === 'openai' ? schema.type === 'object' : isClosed(schema);
}

/**
 * Whether its server may be asked to hold a model to a schema although nobody knows that it can: most that imitate OpenAI
 * do, and the others refuse the request.
 */
export function maySpeakSchema(name: string): boolean {
  const provider = splitModel(name)?.provider;
  return provider !== undefined && provider !== 'anthropic';
}

/** Plain keywords, and nothing in an object but what it names: what Anthropic takes, and OpenAI as `strict`. */
export function isClosed(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return false;
  if (Array.isArray(schema)) return schema.every(isClosed);
  const entries = Object.entries(schema);
  if (!entries.every(([keyword]) => PLAIN_KEYWORDS.has(keyword))) return false;
  const { type, additionalProperties } = Object.fromEntries(entries);
  if (type === 'object' && additionalProperties !== false) return false;
  return entries.every(([keyword, value]) => {
    if (MAPS_OF_SCHEMAS.has(keyword))
      return typeof value === 'object' && value !== null && Object.values(value).every(isClosed);
    return keyword === 'items' || keyword === 'anyOf' ? isClosed(value) : true;
  });
}

/** What OpenAI wants besides of a `strict` schema: every property is required. */
export function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (typeof schema !== 'object' || schema === null) return true;
  const { type, properties, required } = Object.fromEntries(Object.entries(schema));
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  if (type === 'object' && !(Array.isArray(required) && names.every((name) => required.includes(name))))
    return false;
  return Object.values(schema).every(isStrict);
}
