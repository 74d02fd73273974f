import type { JSONObject, JSONValue } from '@jmespath-community/jmespath';
import { ToolProblem } from '../Tool.ts';
import type { Budget } from './Budget.ts';

const DEEPEST = 500;

export const isObject = (value: JSONValue): value is JSONObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type TypeName = 'null' | 'array' | 'object' | 'string' | 'number' | 'boolean';

export function typeOf(value: JSONValue): TypeName {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

/** What counts as no: null, false, and everything empty. */
export const isFalse = (value: JSONValue): boolean =>
  value === null ||
  value === false ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Own fields alone: `constructor` and `__proto__` are names like any other. */
export const fieldOf = (value: JSONValue, name: string): JSONValue =>
  isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null;

/** An object whose names may be anything, `__proto__` too. */
export const objectOf = (entries: Iterable<readonly [string, JSONValue]>): JSONObject =>
  Object.fromEntries(entries);

export function isEqual(a: JSONValue, b: JSONValue, budget: Budget, depth = 0): boolean {
  budget.spend(1);
  tooDeep(depth);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, at) => isEqual(item, b[at] ?? null, budget, depth + 1));
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(
      (name) => Object.hasOwn(b, name) && isEqual(a[name] ?? null, b[name] ?? null, budget, depth + 1),
    )
  );
}

/** Pays for writing a value down. A value that holds another many times is small in memory and endless on paper. */
export function payForText(value: JSONValue, budget: Budget, depth = 0): void {
  tooDeep(depth);
  if (typeof value === 'string') return budget.spend(1 + value.length);
  budget.spend(1);
  if (Array.isArray(value)) for (const item of value) payForText(item, budget, depth + 1);
  else if (isObject(value))
    for (const [name, item] of Object.entries(value)) {
      budget.spend(name.length);
      payForText(item, budget, depth + 1);
    }
}

function tooDeep(depth: number): void {
  if (depth > DEEPEST) throw new ToolProblem('The JSON is nested too deeply.');
}
