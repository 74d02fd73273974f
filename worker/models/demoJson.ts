const DEEPEST = 8;
const WORD = 'demo';

type Json = Readonly<Record<string, unknown>>;

/**
 * A value that fits a schema, for the stand-in: every field is there, with the first of what it may be. Deterministic,
 * and plainly nobody's answer.
 */
export const demoJson = (schema: Json, words: string): string =>
  JSON.stringify(valueFor(schema, { root: schema, words, depth: 0 }), null, 2);

interface Place {
  readonly root: Json;
  /** Said in texts. */
  readonly words: string;
  readonly depth: number;
}

function valueFor(given: unknown, place: Place): unknown {
  const schema = resolved(given, place.root);
  if (!schema || place.depth > DEEPEST) return null;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
  const [choice] = [schema.anyOf, schema.oneOf, schema.allOf].flatMap((each) =>
    Array.isArray(each) ? each : [],
  );
  if (choice !== undefined && schema.type === undefined) return valueFor(choice, deeper(place));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  switch (type) {
    case 'object':
      return objectFor(schema, place);
    case 'array':
      return Array.from({ length: Math.max(1, numberIn(schema.minItems) ?? 1) }, () =>
        valueFor(schema.items, deeper(place)),
      );
    case 'number':
    case 'integer':
      return numberIn(schema.minimum) ?? Math.min(1, numberIn(schema.maximum) ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
      return textFor(schema, place);
    default:
      return isJson(schema.properties) ? objectFor(schema, place) : place.words;
  }
}

const objectFor = (schema: Json, place: Place) =>
  Object.fromEntries(
    Object.entries(isJson(schema.properties) ? schema.properties : {}).map(([name, of]) => [
      name,
      valueFor(of, deeper(place)),
    ]),
  );

function textFor(schema: Json, { words }: Place): string {
  if (schema.format === 'date') return '2026-01-01';
  if (schema.format === 'date-time') return '2026-01-01T00:00:00Z';
  if (schema.format === 'email') return 'demo@example.com';
  if (schema.format === 'uri') return 'https://example.com';
  const text = words.padEnd(numberIn(schema.minLength) ?? 0, ` ${WORD}`);
  return text.slice(0, numberIn(schema.maxLength) ?? text.length);
}

const deeper = (place: Place): Place => ({ ...place, depth: place.depth + 1 });
const numberIn = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Follows references within the schema. */
function resolved(given: unknown, root: Json): Json | null {
  let at = given;
  for (let steps = 0; isJson(at) && typeof at.$ref === 'string' && steps < DEEPEST; steps += 1) {
    const names = at.$ref.startsWith('#/') ? at.$ref.slice(2).split('/') : [];
    at = names.reduce<unknown>((value, name) => (isJson(value) ? value[name] : undefined), root);
  }
  return isJson(at) ? at : null;
}
