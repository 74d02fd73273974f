import type { ImportWarning } from '../../crews/schema.ts';
import { storable } from '../storable.ts';
import { unreadable } from '../unreadable.ts';
import type { ReadModel } from './PydanticModels.ts';
import type { YamlMap } from './yamlFile.ts';

/** What goes on beside reading: everything that was understood but has no place here is told, key by key. */
export interface Entry {
  readonly file: string;
  /** For example `tasks.write`. */
  readonly key: string;
  readonly fields: YamlMap;
  /** Fields that another file gave. */
  readonly sources?: ReadonlyMap<string, string>;
  readonly warnings: ImportWarning[];
}

/** A value that is Python, which only running would turn into something. */
export class Code {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** A class that says what an answer looks like. */
export class AnswerModel {
  readonly name: string;
  readonly read: ReadModel;
  constructor(name: string, read: ReadModel) {
    this.name = name;
    this.read = read;
  }
}

/** A tool, and what its constructor was told of how it may be used. */
export class ToolUse {
  readonly name: string;
  /** By CrewAI's names. */
  readonly told: ReadonlyMap<string, unknown>;
  constructor(name: string, told: ReadonlyMap<string, unknown>) {
    this.name = name;
    this.told = told;
  }
}

export const codeSentence = ({ source }: Code): string =>
  `“${short(source)}” is Python, which is never run here`;

const SHOWN = 120;

/** The file that a field, or the field that a path such as `tools.search` begins with, was read from. */
export const fileOf = ({ file, sources }: Entry, path: string): string =>
  sources?.get(path.split('.', 1)[0] ?? '') ?? file;

export function warn(entry: Entry, field: string, message: string): void {
  const { key, warnings } = entry;
  warnings.push({ file: fileOf(entry, field).slice(0, 300), key: `${key}.${field}`.slice(0, 300), message });
}

/** Says why a value is not used. */
function warnOfValue(entry: Entry, field: string, message: string): void {
  const value = entry.fields.get(field);
  warn(entry, field, value instanceof Code ? `${codeSentence(value)}, so it was left out.` : message);
}

/** The entries of a file, in its order. `kind` is `agents` or `tasks`. */
export function entriesOf(
  file: string,
  kind: 'agents' | 'tasks',
  content: YamlMap,
  warnings: ImportWarning[],
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [name, fields] of content) {
    const key = `${kind}.${name}`.slice(0, 300);
    if (fields instanceof Map) entries.set(name, { file, key, fields, warnings });
    else warnings.push({ file, key, message: `“${short(name)}” has no fields, so it was left out.` });
  }
  return entries;
}

export function warnOfOthers(entry: Entry, known: ReadonlySet<string>): void {
  for (const field of entry.fields.keys()) {
    if (!known.has(field)) warn(entry, field, `“${short(field)}” has no meaning here yet and was left out.`);
  }
}

/** Empty when it is missing; numbers are texts that were written without quotes. */
export function text(entry: Entry, field: string): string {
  const value = entry.fields.get(field);
  if (typeof value === 'string') return storable(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value !== undefined && value !== null)
    warnOfValue(entry, field, 'This is not a text, so it was left out.');
  return '';
}

// PyYAML reads YAML 1.1, which has more words for yes than 1.2.
const YES = /^(true|yes|on|y)$/i;
const NO = /^(false|no|off|n|)$/i;

export function flag(entry: Entry, field: string): boolean {
  const value = entry.fields.get(field) ?? false;
  const word = typeof value === 'boolean' || typeof value === 'string' ? String(value).trim() : undefined;
  if (word !== undefined && YES.test(word)) return true;
  if (word === undefined || !NO.test(word))
    warnOfValue(entry, field, 'This is neither true nor false, so it counts as false.');
  return false;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly isWhole?: boolean;
}

/** Undefined when it is missing or out of range. */
export function number(
  entry: Entry,
  field: string,
  { min, max, isWhole = false }: Range,
): number | undefined {
  const value = entry.fields.get(field);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value))) {
    return value;
  }
  const kind = isWhole ? 'a whole number' : 'a number';
  warnOfValue(entry, field, `This is not ${kind} from ${min} to ${max}, so it was left out.`);
  return undefined;
}

/** Undefined when the field is missing or only running would tell; null and a lone name count as lists. */
export function names(entry: Entry, field: string): readonly string[] | undefined {
  const value = entry.fields.get(field);
  if (value instanceof Code) warnOfValue(entry, field, '');
  if (value === undefined || value instanceof Code) return undefined;
  if (value === null) return [];
  const list = Array.isArray(value) ? value : [value];
  const found = list.flatMap((item) => (isName(item) ? storable(nameIn(item)).trim() : []));
  if (found.length < list.length) warnOfValue(entry, field, 'What is not a name in this list was left out.');
  return [...new Set(found)];
}

const isName = (item: unknown) =>
  typeof item === 'string' || typeof item === 'number' || item instanceof ToolUse;

const nameIn = (item: unknown): string => (item instanceof ToolUse ? item.name : String(item));

export const short = (name: string): string =>
  name.length > SHOWN ? `${name.slice(0, SHOWN).toWellFormed()}…` : name;

interface SafeParser<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false; error: FieldError };
}
interface FieldError {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

/** The last word is the schema's: what is too long or too many stops the import with a sentence. */
export function parseEntry<T>(entry: Entry, schema: SafeParser<T>, data: unknown): T {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw unreadable(entry.file, `${entry.key}.${field} cannot be used (${issue?.message})`);
}
