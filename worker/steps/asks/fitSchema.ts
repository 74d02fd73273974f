import { type Schema, Validator } from '@cfworker/json-schema';
import type { OutputSchema } from '#workflows/graph/nodes/task.ts';
import { readJson } from '#workflows/prompts/readJson.ts';

export type Fit = { readonly json: string } | { readonly problem: string };

/** Looks at this many places of an answer, whatever a schema asks for: schemas are their users', the worker is everybody's. */
const MOST_CHECKS = 100_000;
const MOST_PROBLEMS = 8;
const MOST_CHARS = 2_000;
/** Quick to look at. What a schema says of other formats is told to the model and not checked. */
const FORMATS = new Set(['date', 'date-time', 'time', 'uuid', 'email', 'ipv4']);
/** Regular expressions could run for ever, and comparing each item with each other takes the square of their number. */
const NOT_CHECKED = new Set(['pattern', 'patternProperties', 'uniqueItems']);

/** The JSON in an answer if it fits the schema, as a text; otherwise a problem in words. */
export function fitSchema(schema: OutputSchema, text: string): Fit {
  const value = readJson(text);
  if (value === undefined) return { problem: 'It is not JSON.' };
  const problem = problemOf(schema, value);
  if (problem !== null) return { problem };
  const given = text.trim();
  // As it was written where it is JSON as a whole: long numbers stay what they are.
  return {
    json: given.startsWith('{') || given.startsWith('[') ? whole(given, value) : JSON.stringify(value),
  };
}

function whole(text: string, value: unknown): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(value);
  }
}

function problemOf(schema: OutputSchema, value: unknown): string | null {
  try {
    const checked = withLimits(checkable(schema));
    const { valid, errors } = checked.validate(value);
    if (valid) return null;
    const told = errors
      .filter(({ keyword }) => keyword !== '$ref' && keyword !== 'properties' && keyword !== 'items')
      .slice(0, MOST_PROBLEMS)
      .map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`);
    return told.join('\n').slice(0, MOST_CHARS) || 'It does not fit the schema.';
  } catch (error) {
    if (error instanceof TooMuch || error instanceof RangeError)
      return 'It is too large or too deep to be checked.';
    return 'The schema cannot be used to check it.';
  }
}

class TooMuch extends Error {}

/** Each look at a part of the schema reads this keyword, which no schema of ours has: it counts. */
function withLimits(schema: Schema): Validator {
  const validator = new Validator(schema, '2020-12');
  let checks = 0;
  const count = () => {
    checks += 1;
    if (checks > MOST_CHECKS) throw new TooMuch();
    return undefined;
  };
  for (const part of partsOf(schema)) Object.defineProperty(part, '$recursiveAnchor', { get: count });
  return validator;
}

function* partsOf(value: unknown): Iterable<object> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value;
  for (const child of Object.values(value)) yield* partsOf(child);
}

/** A copy that is cheap to check with. */
function checkable(schema: OutputSchema): Schema {
  const copy = (value: unknown, isSchema: boolean): unknown => {
    if (Array.isArray(value)) return value.map((each) => copy(each, true));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, of]) => !isSchema || isChecked(name, of))
        .map(([name, child]) => [name, copy(child, !(isSchema && MAPS.has(name)))]),
    );
  };
  return Object(copy(schema, true));
}

const MAPS = new Set(['properties', '$defs', 'definitions', 'dependentSchemas']);

const isChecked = (name: string, value: unknown): boolean => {
  if (name === 'format') return typeof value === 'string' && FORMATS.has(value);
  return !NOT_CHECKED.has(name) && name !== '$recursiveAnchor' && name !== '$recursiveRef' && name !== '$id';
};
