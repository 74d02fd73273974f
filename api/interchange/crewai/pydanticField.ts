import { lastName, type PyValue } from '../python/PyValue.ts';
import type { Json } from './pydanticType.ts';

export interface FieldOfModel {
  /** As it stands in an answer: its alias when it has one. */
  readonly key: string;
  readonly schema: Json;
  readonly isRequired: boolean;
}

/** What Field(...) says beside the type, as JSON Schema has it; of texts, of lists, of numbers. */
const NUMBERS: Readonly<Record<string, string>> = {
  ge: 'minimum',
  le: 'maximum',
  gt: 'exclusiveMinimum',
  lt: 'exclusiveMaximum',
  multiple_of: 'multipleOf',
};
const LENGTHS: Readonly<Record<string, readonly [text: string, list: string]>> = {
  min_length: ['minLength', 'minItems'],
  max_length: ['maxLength', 'maxItems'],
  min_items: ['minItems', 'minItems'],
  max_items: ['maxItems', 'maxItems'],
};

/**
 * A field with what stands behind its `=`: nothing, a default, or Field(...). That a default is None says that the field
 * may be missing, and no more.
 */
export function fieldSchema({
  name,
  schema,
  value,
}: {
  readonly name: string;
  readonly schema: Json;
  readonly value: PyValue | undefined;
}): FieldOfModel {
  if (value === undefined) return { key: name, schema, isRequired: true };
  const field = value.kind === 'call' && lastName(value) === 'Field' ? value : undefined;
  if (!field) return { key: name, schema: withDefault(schema, value), isRequired: isDots(value) };
  const { keywords, positional } = field;
  const given = keywords.get('default') ?? positional[0];
  const text = (keyword: string) => textOf(keywords.get(keyword));
  const description = text('description');
  const pattern = text('pattern') ?? text('regex');
  const whole = {
    ...schema,
    ...(description !== undefined && { description }),
    ...(pattern !== undefined && { pattern }),
    ...boundsOf(keywords, schema.type === 'array'),
  };
  return {
    key: text('alias') ?? name,
    schema: given ? withDefault(whole, given) : whole,
    isRequired: given ? isDots(given) : !keywords.has('default_factory'),
  };
}

const textOf = (value: PyValue | undefined) => (value?.kind === 'text' ? value.text : undefined);

/** `Field(...)` with real dots: there is none. */
const isDots = (value: PyValue) => value.kind === 'other' && value.source === '...';

function withDefault(schema: Json, value: PyValue): Json {
  const plain =
    value.kind === 'text'
      ? value.text
      : value.kind === 'number'
        ? value.number
        : value.kind === 'boolean'
          ? value.is
          : undefined;
  return plain === undefined ? schema : { ...schema, default: plain };
}

function boundsOf(keywords: ReadonlyMap<string, PyValue>, isList: boolean): Json {
  const bounds: Json = {};
  for (const [keyword, value] of keywords) {
    if (value.kind !== 'number') continue;
    const [ofText, ofList] = LENGTHS[keyword] ?? [];
    const known = NUMBERS[keyword] ?? (isList ? ofList : ofText);
    if (known !== undefined) bounds[known] = value.number;
  }
  return bounds;
}
