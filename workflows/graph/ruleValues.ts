import { canonicalJson } from './canonicalJson.ts';
import type { ValuePath } from './rules.ts';

/** What rules and lists of items may read. Answers and the like are texts as they were given. */
export interface RuleValues {
  readonly inputs: ReadonlyMap<string, string>;
  /** By node id. One that was not on the way taken is not there. */
  readonly answers: ReadonlyMap<string, string>;
  readonly item?: unknown;
  /** From 1. */
  readonly index?: number;
  readonly round?: number;
  readonly previous?: string;
  readonly output?: string;
}

/** The value at a path; undefined where there is none. Reads own fields of parsed JSON alone: no prototype is reached. */
export function valueAt(path: ValuePath, values: RuleValues): unknown {
  const names = path.split('.');
  const root = names[0];
  if (root === 'input') return fieldAt(values.inputs.get(names[1] ?? ''), names.slice(2));
  if (root === 'answer') return fieldAt(values.answers.get(names[1] ?? ''), names.slice(2));
  return fieldAt(rootOf(root, values), names.slice(1));
}

function rootOf(root: string | undefined, { item, index, round, previous, output }: RuleValues): unknown {
  switch (root) {
    case 'item':
      return item;
    case 'index':
      return index;
    case 'round':
      return round;
    case 'previous':
      return previous;
    default:
      return output;
  }
}

function fieldAt(value: unknown, names: readonly string[]): unknown {
  return names.reduce(field, value);
}

function field(value: unknown, name: string): unknown {
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  const list = Array.isArray(parsed) ? parsed : undefined;
  if (list && /^\d+$/.test(name)) return list[Number(name)];
  if (!list && isObject(parsed) && Object.hasOwn(parsed, name)) return parsed[name];
  if (name !== 'length') return undefined;
  if (list) return list.length;
  return typeof value === 'string' ? value.length : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Models like to put JSON in a fence, however often they are asked not to. */
const FENCE = /^\s*```[a-z]*\s*\n([\s\S]*?)\n?```\s*$/i;

/** What a text says if it is JSON, in a fence or not; else undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(FENCE.exec(text)?.[1] ?? text);
  } catch {
    return undefined;
  }
}

/** A value as people read it, and as it is filled into a text. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? canonicalJson(value) : String(value);
}
