import type { GraphProblem, TaskNode } from '../schema.ts';
import { error } from './problem.ts';

const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);
const MAPS = ['properties', '$defs', 'definitions', 'dependentSchemas'];
const SCHEMAS = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];
const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const DEEPEST = 40;

type Json = Readonly<Record<string, unknown>>;

/** Whether answers can be held to a task's schema: a JSON Schema of its own, without regular expressions. */
export function schemaProblems({ id: nodeId, data }: TaskNode, name: string): GraphProblem[] {
  if (data.outputSchema === undefined) return [];
  const said = wrongIn(data.outputSchema, { root: data.outputSchema, at: 'the schema', depth: 0 });
  return said === null
    ? []
    : [
        error('task.badSchema', {
          nodeId,
          field: 'outputSchema',
          message: `The answer of ${name} cannot be held to its schema: ${said}`,
          fix: 'Correct the JSON Schema, or remove it and say in words what the answer must contain.',
        }),
      ];
}

interface Place {
  readonly root: Json;
  readonly at: string;
  readonly depth: number;
}

/** What is wrong first; null when nothing is. */
function wrongIn(given: unknown, place: Place): string | null {
  if (typeof given === 'boolean' && place.depth > 0) return null;
  if (!isJson(given)) return `${place.at} is no schema`;
  if (place.depth > DEEPEST) return 'it is nested too deeply';
  return wrongHere(given, place) ?? firstWrong(childrenOf(given, place));
}

function wrongHere(schema: Json, { root, at }: Place): string | null {
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (!types.every((type) => typeof type === 'string' && TYPES.has(type)))
    return `${at} has a type that JSON does not know`;
  if ('pattern' in schema || 'patternProperties' in schema)
    return `${at} has a regular expression, which is not supported`;
  if (schema.$ref !== undefined && !isFound(schema.$ref, root))
    return `${at} refers to something that is not in it`;
  if (schema.required !== undefined && !isNames(schema.required))
    return `${at} has no list of required names`;
  if (schema.enum !== undefined && !Array.isArray(schema.enum)) return `${at} has no list of allowed values`;
  return null;
}

interface Child {
  readonly schema: unknown;
  readonly place: Place;
}

function childrenOf(schema: Json, place: Place): readonly (Child | string)[] {
  const below = (at: string): Place => ({ ...place, at, depth: place.depth + 1 });
  const maps = MAPS.flatMap((keyword): (Child | string)[] => {
    const map = schema[keyword];
    if (map === undefined) return [];
    if (!isJson(map)) return [`“${keyword}” is no list of schemas by name`];
    return Object.entries(map).map(([name, child]) => ({ schema: child, place: below(`“${name}”`) }));
  });
  const singles = SCHEMAS.flatMap((keyword) =>
    schema[keyword] === undefined ? [] : [{ schema: schema[keyword], place: below(`“${keyword}”`) }],
  );
  const lists = LISTS.flatMap((keyword): (Child | string)[] => {
    const list = schema[keyword];
    if (list === undefined) return [];
    if (!Array.isArray(list)) return [`“${keyword}” is no list of schemas`];
    return list.map((child) => ({ schema: child, place: below(`“${keyword}”`) }));
  });
  return [...maps, ...singles, ...lists];
}

function firstWrong(children: readonly (Child | string)[]): string | null {
  for (const child of children) {
    const said = typeof child === 'string' ? child : wrongIn(child.schema, child.place);
    if (said !== null) return said;
  }
  return null;
}

function isFound(ref: unknown, root: Json): boolean {
  if (typeof ref !== 'string') return false;
  if (ref === '#') return true;
  if (!ref.startsWith('#/')) return false;
  const names = ref
    .slice(2)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const found = names.reduce<unknown>(
    (value, name) => (isJson(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    root,
  );
  return isJson(found);
}

const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
