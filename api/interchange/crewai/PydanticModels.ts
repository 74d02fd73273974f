import type { OutputSchema } from '#workflows/graph/nodes/task.ts';
import { type PyClass, type PyModule, readModule } from '../python/readModule.ts';
import { short } from './entries.ts';
import { fieldSchema } from './pydanticField.ts';
import { type Json, typeSchema } from './pydanticType.ts';

/** What a class of Pydantic’s says of an answer; or why that could not be read, as a sentence. */
export type ReadModel = { readonly schema: OutputSchema } | { readonly problem: string };

/** A file of Python, read. */
interface Source {
  readonly path: string;
  readonly module: PyModule;
}

interface FoundClass {
  readonly found: PyClass;
  readonly source: Source;
}

const MOST_CHARACTERS = 300_000;
const MOST_FILES = 40;
const MOST_CLASSES = 200;
const DEEPEST = 12;
const ENUMS = new Set(['Enum', 'StrEnum', 'IntEnum']);
const VALIDATORS = new Set(['field_validator', 'model_validator', 'validator', 'root_validator']);

/** Thrown and caught in here: why a class cannot be read. */
class Unreadable extends Error {}

/** Finds classes among the files of a project and reads them as JSON Schema, without running anything. */
export class PydanticModels {
  readonly #files: ReadonlyMap<string, string>;
  readonly #read = new Map<string, Source>();
  readonly #used = new Set<string>();

  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files;
  }

  /** Files that a class was taken from. */
  get usedFiles(): ReadonlySet<string> {
    return this.#used;
  }

  /** The schema of a class that a file speaks of by this name. Undefined when no file of the project has it. */
  read(name: string, file: string): ReadModel | undefined {
    const source = this.#open(file);
    const start = source && this.#find(name, source);
    return start && this.#readClass(start, name);
  }

  /** The same for a class of a module, as `outputs.Report` names it. */
  readFrom(module: string, name: string): ReadModel | undefined {
    const source = this.#fileOf(module);
    const found = source && classIn(source, name);
    return source && found && this.#readClass({ found, source }, name);
  }

  #readClass(start: FoundClass, name: string): ReadModel {
    try {
      const schema = this.#schemaOf(start, { open: [], budget: { left: MOST_CLASSES } });
      return schema.type === 'object' ? { schema } : { problem: `${short(name)} is no model.` };
    } catch (error) {
      if (error instanceof Unreadable) return { problem: error.message };
      throw error;
    }
  }

  /** In the file itself, where the file takes it from, or in the only file that has one. */
  #find(name: string, source: Source): FoundClass | undefined {
    const own = classIn(source, name);
    if (own) return { found: own, source };
    const taken = source.module.imports.get(name);
    const place = taken && this.#fileOf(taken.module);
    const named = place && classIn(place, taken.name);
    if (place && named) return { found: named, source: place };
    const others = this.#sourcesWith(taken?.name ?? name);
    const [only] = others;
    return others.length === 1 ? only : undefined;
  }

  #sourcesWith(name: string): FoundClass[] {
    return [...this.#files].flatMap(([path, text]) => {
      if (!path.endsWith('.py') || !text.includes(`class ${name}`)) return [];
      const source = this.#open(path);
      const found = source && classIn(source, name);
      return source && found ? [{ found, source }] : [];
    });
  }

  /** `my_crew.models` is the file whose path ends with it, or with as much of its end as there is. */
  #fileOf(module: string): Source | undefined {
    const parts = module.split('.').filter((part) => part !== '');
    for (let from = 0; from < parts.length; from += 1) {
      const end = `${parts.slice(from).join('/')}.py`;
      const path = [...this.#files.keys()].find((each) => `/${each}`.endsWith(`/${end}`));
      if (path !== undefined) return this.#open(path);
    }
    return undefined;
  }

  #open(path: string): Source | undefined {
    const known = this.#read.get(path);
    if (known) return known;
    const text = this.#files.get(path);
    if (text === undefined || text.length > MOST_CHARACTERS || this.#read.size >= MOST_FILES)
      return undefined;
    const source = { path, module: readModule(text) };
    this.#read.set(path, source);
    return source;
  }

  #schemaOf({ found, source }: FoundClass, way: Way): Json {
    const { name } = found;
    this.#used.add(source.path);
    way.budget.left -= 1;
    if (way.open.includes(found) || way.open.length > DEEPEST || way.budget.left < 0)
      throw new Unreadable(`${short(name)} holds itself, or too much.`);
    const inner = { ...way, open: [...way.open, found] };
    if (found.bases.some((base) => ENUMS.has(base))) return enumOf(found);
    const fields = this.#fieldsOf({ found, source }, inner);
    const isClosed = keyword(found.values.get('model_config'), 'extra') === 'forbid';
    const required = fields.flatMap(([key, { isRequired }]) => (isRequired ? [key] : []));
    return {
      type: 'object',
      properties: Object.fromEntries(fields.map(([key, { schema }]) => [key, schema])),
      ...(required.length > 0 && { required }),
      ...(isClosed && { additionalProperties: false }),
    };
  }

  /** Its own and those of the models that it is made of, which come first. */
  #fieldsOf({ found, source }: FoundClass, way: Way): readonly NamedField[] {
    const fields = new Map<string, NamedField[1]>();
    for (const base of found.bases) {
      if (base === 'BaseModel') continue;
      const from = this.#find(base, source);
      if (!from || way.open.includes(from.found))
        throw new Unreadable(
          `What ${short(base)} is, which ${short(found.name)} is made of, is not in the files.`,
        );
      for (const [key, field] of this.#fieldsOf(from, { ...way, open: [...way.open, from.found] }))
        fields.set(key, field);
    }
    if (found.bases.length === 0) throw new Unreadable(`${short(found.name)} is no model of Pydantic’s.`);
    const checks = [...found.methods.values()].find(({ decorators }) =>
      decorators.some((each) => VALIDATORS.has(each)),
    );
    if (checks) throw new Unreadable(`${short(found.name)}.${checks.name} checks it in Python.`);
    for (const { name, type, value } of found.fields) {
      if (name.startsWith('_') || name === 'model_config' || isOfClass(type)) continue;
      const schema = typeSchema(type, (other) => {
        const inner = this.#find(other, source);
        return inner && this.#schemaOf(inner, way);
      });
      const read = schema && fieldSchema({ name, schema, value });
      if (!read)
        throw new Unreadable(`${short(found.name)}.${short(name)} is of a kind that is not read here.`);
      fields.set(read.key, read);
    }
    return [...fields];
  }
}

type NamedField = readonly [key: string, { readonly schema: Json; readonly isRequired: boolean }];

interface Way {
  /** Classes that are being read, from the outermost. */
  readonly open: readonly PyClass[];
  readonly budget: { left: number };
}

/** Of two with one name the last counts, as in Python. */
const classIn = ({ module }: Source, name: string): PyClass | undefined =>
  module.classes.findLast((each) => each.name === name);

const isOfClass = (type: PyClass['fields'][number]['type']): boolean =>
  type.kind === 'named' && type.name === 'ClassVar';

function enumOf({ name, values }: PyClass): Json {
  const options = [...values.values()].map((value) =>
    value.kind === 'text' ? value.text : value.kind === 'number' ? value.number : undefined,
  );
  if (options.length === 0 || options.includes(undefined))
    throw new Unreadable(`What ${short(name)} may be is not all written out.`);
  const kinds = new Set(options.map((option) => typeof option));
  return { enum: options, ...(kinds.size === 1 && { type: kinds.has('string') ? 'string' : 'number' }) };
}

function keyword(value: ReturnType<PyClass['values']['get']>, name: string): string | undefined {
  const given = value?.kind === 'call' ? value.keywords.get(name) : undefined;
  return given?.kind === 'text' ? given.text : undefined;
}
