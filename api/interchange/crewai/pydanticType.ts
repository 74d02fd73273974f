import { type PyType, readType } from '../python/readType.ts';
import { readLines } from '../python/tokens.ts';

export type Json = Record<string, unknown>;

/** Finds a class by its name and reads it. Undefined when there is none. */
export type ReadClass = (name: string) => Json | undefined;

const PLAIN = new Map<string, Json>([
  ['str', { type: 'string' }],
  ['int', { type: 'integer' }],
  ['float', { type: 'number' }],
  ['Decimal', { type: 'number' }],
  ['bool', { type: 'boolean' }],
  ['None', { type: 'null' }],
  ['NoneType', { type: 'null' }],
  ['Any', {}],
  ['object', {}],
  ['date', { type: 'string', format: 'date' }],
  ['datetime', { type: 'string', format: 'date-time' }],
  ['time', { type: 'string', format: 'time' }],
  ['UUID', { type: 'string', format: 'uuid' }],
  ['EmailStr', { type: 'string', format: 'email' }],
  ['HttpUrl', { type: 'string', format: 'uri' }],
  ['AnyUrl', { type: 'string', format: 'uri' }],
]);
const LISTS = new Set(['list', 'List', 'Sequence', 'Iterable', 'set', 'Set', 'frozenset', 'tuple', 'Tuple']);
const MAPS = new Set(['dict', 'Dict', 'Mapping', 'MutableMapping']);

/** An annotation as JSON Schema; undefined when it is of a kind that is not known here. */
export function typeSchema(type: PyType, readClass: ReadClass): Json | undefined {
  switch (type.kind) {
    case 'union':
      return anyOf(type.of, readClass);
    case 'literal':
      return typeof type.value === 'string' ? quoted(type.value, readClass) : undefined;
    case 'named':
      return namedSchema(type, readClass);
    default:
      return undefined;
  }
}

/** A class that stands further down is named in quotes. */
function quoted(text: string, readClass: ReadClass): Json | undefined {
  const type = readType(readLines(text)[0]?.tokens ?? []);
  return type.kind === 'literal' ? undefined : typeSchema(type, readClass);
}

function namedSchema(
  { name, given }: Extract<PyType, { kind: 'named' }>,
  readClass: ReadClass,
): Json | undefined {
  const [first, second] = given;
  if (name === 'Annotated') return first && typeSchema(first, readClass);
  if (name === 'Optional')
    return first && anyOf([first, { kind: 'named', name: 'None', given: [] }], readClass);
  if (name === 'Union') return anyOf(given, readClass);
  if (name === 'Literal') return literals(given);
  if (LISTS.has(name)) return listOf(given, readClass);
  if (MAPS.has(name)) {
    const values = second && typeSchema(second, readClass);
    if (second && !values) return undefined;
    const isAnything = !values || Object.keys(values).length === 0;
    return { type: 'object', ...(!isAnything && { additionalProperties: values }) };
  }
  return given.length === 0 ? (readClass(name) ?? PLAIN.get(name)) : undefined;
}

/** Of a tuple only what all of its parts are. */
function listOf(given: readonly PyType[], readClass: ReadClass): Json | undefined {
  const [first, ...others] = given.filter(({ kind }) => kind !== 'unknown');
  if (!first) return { type: 'array' };
  const items = others.length > 0 ? anyOf([first, ...others], readClass) : typeSchema(first, readClass);
  if (!items) return undefined;
  return { type: 'array', ...(Object.keys(items).length > 0 && { items }) };
}

function anyOf(types: readonly PyType[], readClass: ReadClass): Json | undefined {
  const read = types.map((type) => typeSchema(type, readClass));
  const schemas = read.filter((schema) => schema !== undefined);
  if (schemas.length < types.length || schemas.length === 0) return undefined;
  return schemas.length === 1 ? schemas[0] : { anyOf: schemas };
}

function literals(given: readonly PyType[]): Json | undefined {
  const values = given.flatMap((each) => (each.kind === 'literal' ? [each.value] : []));
  if (values.length < given.length || values.length === 0) return undefined;
  const isText = values.every((value) => typeof value === 'string');
  return { enum: values, ...(isText && { type: 'string' }) };
}
