type Json = Readonly<Record<string, unknown>>;

const FIRST = ['$ref', 'type', 'title', 'description', 'enum', 'const', 'properties', 'items', 'required'];
const MAPS = new Set(['properties', '$defs', 'definitions', 'patternProperties', 'dependentSchemas']);

/**
 * A schema in an order that is always the same, since databases keep none: what it is first, and properties in the order
 * in which they are required. Models answer field by field, so a reason asked for before a mark comes before it.
 */
export function orderedSchema(schema: Json): Record<string, unknown> {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const names = Object.keys(schema).sort((a, b) => placeIn(FIRST, a) - placeIn(FIRST, b) || compare(a, b));
  return Object.fromEntries(
    names.map((name) => {
      const value = schema[name];
      return [name, MAPS.has(name) && isJson(value) ? orderedMap(value, required) : ordered(value)];
    }),
  );
}

function orderedMap(map: Json, first: readonly unknown[]): Json {
  const names = Object.keys(map).sort((a, b) => placeIn(first, a) - placeIn(first, b) || compare(a, b));
  return Object.fromEntries(names.map((name) => [name, ordered(map[name])]));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  return isJson(value) ? orderedSchema(value) : value;
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function placeIn(names: readonly unknown[], name: string): number {
  const place = names.indexOf(name);
  return place < 0 ? names.length : place;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
