import { isDeepStrictEqual } from 'node:util';
import type { OutputSchema } from '#workflows/graph/nodes/task.ts';
import { PydanticModels } from '../crewai/PydanticModels.ts';

/** A class of Pydantic’s that says what a JSON Schema says. */
export interface WrittenModel {
  readonly name: string;
  /** The class and those of its parts, which come before it. */
  readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;

/** What a file with such classes begins with. */
export const MODEL_IMPORTS =
  'from datetime import date, datetime, time\nfrom typing import Any, Literal\nfrom uuid import UUID\n\n' +
  'from pydantic import BaseModel, ConfigDict, Field\n';

/**
 * Writes a schema as a class that reads back as the same schema. Undefined when there is none: then CrewAI cannot be told
 * by a class what an answer must be.
 */
export function pydanticModel(schema: OutputSchema, name: string): WrittenModel | undefined {
  const text = new ModelWriter().write(schema, name);
  const file = 'outputs.py';
  const read = text === undefined ? undefined : new PydanticModels(new Map([[file, text]])).read(name, file);
  const isSame =
    read !== undefined && 'schema' in read && isDeepStrictEqual(plain(read.schema), plain(schema));
  return isSame && text !== undefined ? { name, text } : undefined;
}

/** As JSON has it; which fields are required has no order. */
const plain = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema), (key, value) =>
    key === 'required' && Array.isArray(value) ? value.toSorted() : value,
  );

const NAMED: Readonly<Record<string, string>> = {
  string: 'str',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  null: 'None',
};
const FORMATS: Readonly<Record<string, string>> = {
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
  uuid: 'UUID',
};
const BOUNDS: Readonly<Record<string, string>> = {
  minimum: 'ge',
  maximum: 'le',
  exclusiveMinimum: 'gt',
  exclusiveMaximum: 'lt',
  multipleOf: 'multiple_of',
  minLength: 'min_length',
  maxLength: 'max_length',
  minItems: 'min_length',
  maxItems: 'max_length',
  pattern: 'pattern',
};

class ModelWriter {
  readonly #classes: string[] = [];
  readonly #names = new Set<string>();

  write(schema: Json, name: string): string | undefined {
    return this.#class(schema, name) === undefined ? undefined : this.#classes.join('\n\n');
  }

  /** Its name, when it could be written. */
  #class(schema: Json, wanted: string): string | undefined {
    const { properties, required } = schema;
    if (schema.type !== 'object' || !isJson(properties) || this.#classes.length > 100) return undefined;
    let name = wanted;
    for (let number = 2; this.#names.has(name); number += 1) name = `${wanted}${number}`;
    this.#names.add(name);
    const names = new Set(Array.isArray(required) ? required : []);
    const fields = Object.entries(properties).map(([key, field], place) =>
      isJson(field) ? this.#field({ key, field, place, isRequired: names.has(key), of: name }) : undefined,
    );
    if (fields.includes(undefined)) return undefined;
    const closed =
      schema.additionalProperties === false ? ['    model_config = ConfigDict(extra="forbid")\n'] : [];
    const lines = [...closed, ...fields];
    this.#classes.push(`class ${name}(BaseModel):\n${lines.join('') || '    pass\n'}`);
    return name;
  }

  #field({ key, field, place, isRequired, of }: FieldToWrite): string | undefined {
    const isName = /^[A-Za-z][A-Za-z0-9_]*$/.test(key) && !RESERVED.has(key) && !key.startsWith('model_');
    const name = isName ? key : `field_${place + 1}`;
    const type = this.#type(field, `${of}${wordOf(name)}`);
    if (type === undefined) return undefined;
    const given = [
      ...(isRequired
        ? []
        : [`default=${field.default === undefined ? 'None' : pythonLiteral(field.default)}`]),
      ...(isName ? [] : [`alias=${JSON.stringify(key)}`]),
      ...(typeof field.description === 'string' ? [`description=${JSON.stringify(field.description)}`] : []),
      ...Object.entries(BOUNDS).flatMap(([keyword, word]) =>
        field[keyword] === undefined ? [] : [`${word}=${JSON.stringify(field[keyword])}`],
      ),
    ];
    return `    ${name}: ${type}${given.length === 0 ? '' : ` = Field(${given.join(', ')})`}\n`;
  }

  #type(schema: Json, name: string): string | undefined {
    const { type, format, items, additionalProperties, anyOf } = schema;
    if (Array.isArray(anyOf)) return this.#union(anyOf, name);
    if (Array.isArray(schema.enum)) return `Literal[${schema.enum.map(pythonLiteral).join(', ')}]`;
    if (type === undefined) return 'Any';
    if (typeof type !== 'string') return undefined;
    if (type === 'string' && typeof format === 'string') return FORMATS[format];
    if (type === 'array') {
      if (items === undefined) return 'list';
      const inner = isJson(items) ? this.#type(items, name) : undefined;
      return inner && `list[${inner}]`;
    }
    if (type === 'object' && schema.properties === undefined) {
      if (!isJson(additionalProperties)) return 'dict';
      const inner = this.#type(additionalProperties, name);
      return inner && `dict[str, ${inner}]`;
    }
    return type === 'object' ? this.#class(schema, name) : NAMED[type];
  }

  #union(schemas: readonly unknown[], name: string): string | undefined {
    const types = schemas.map((each) => (isJson(each) ? this.#type(each, name) : undefined));
    return types.includes(undefined) ? undefined : types.join(' | ');
  }
}

interface FieldToWrite {
  readonly key: string;
  readonly field: Json;
  readonly place: number;
  readonly isRequired: boolean;
  /** Name of its class. */
  readonly of: string;
}

/** Words of Python, and names that Pydantic keeps for itself or that a type here has. */
const RESERVED = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global if ' +
    'import in is lambda nonlocal not or pass raise return try while with yield copy dict json schema validate construct ' +
    'fields parse_obj parse_raw date datetime time str int float bool list'
  ).split(' '),
);

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wordOf = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function pythonLiteral(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return JSON.stringify(value);
}
