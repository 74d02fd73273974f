import type { JSONArray, JSONValue } from '@jmespath-community/jmespath';
import { ToolProblem } from '../Tool.ts';
import type { Budget } from './Budget.ts';
import { isEqual, isObject, objectOf, payForText, typeOf } from './values.ts';

/** `&expression`: evaluated for each item. */
type Each = (item: JSONValue) => JSONValue;
export type Argument = JSONValue | Each;

/** Arguments of one call, each asked for as what the function needs. */
class Arguments {
  readonly budget: Budget;
  readonly #name: string;
  readonly #values: readonly Argument[];

  constructor(name: string, values: readonly Argument[], budget: Budget) {
    this.#name = name;
    this.#values = values;
    this.budget = budget;
  }

  get count(): number {
    return this.#values.length;
  }

  any(at: number): JSONValue {
    const value = this.#values[at];
    if (value === undefined || typeof value === 'function') throw this.#wrong(at, 'a value');
    return value;
  }

  each(at: number): Each {
    const value = this.#values[at];
    if (typeof value !== 'function') throw this.#wrong(at, 'an expression such as &name');
    return value;
  }

  number(at: number): number {
    const value = this.any(at);
    if (typeof value !== 'number') throw this.#wrong(at, 'a number');
    return value;
  }

  text(at: number): string {
    const value = this.any(at);
    if (typeof value !== 'string') throw this.#wrong(at, 'a text');
    this.budget.spend(value.length);
    return value;
  }

  list(at: number): JSONArray {
    const value = this.any(at);
    if (!Array.isArray(value)) throw this.#wrong(at, 'a list');
    this.budget.spend(value.length);
    return value;
  }

  numbers(at: number): number[] {
    return this.list(at).map((value) => {
      if (typeof value !== 'number') throw this.#wrong(at, 'a list of numbers');
      return value;
    });
  }

  object(at: number): Record<string, JSONValue> {
    const value = this.any(at);
    if (!isObject(value)) throw this.#wrong(at, 'an object');
    this.budget.spend(Object.keys(value).length);
    return value;
  }

  all(): JSONValue[] {
    return this.#values.map((_, at) => this.any(at));
  }

  #wrong(at: number, what: string): ToolProblem {
    return new ToolProblem(`Argument ${at + 1} of ${this.#name} must be ${what}.`);
  }
}

type Function = (args: Arguments) => JSONValue;

/** Keys by which lists are put in order: numbers or texts, not both. */
function compare(a: JSONValue, b: JSONValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  throw new ToolProblem('Only numbers can be put in order with numbers, and texts with texts.');
}

function sorted(items: JSONArray, key: Each, budget: Budget): JSONArray {
  budget.spend(items.length * 20);
  return items
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ item }) => item);
}

function best(items: JSONArray, key: Each, sign: 1 | -1): JSONValue {
  let [found = null, ...rest] = items.map((item) => ({ item, key: key(item) }));
  for (const one of rest) if (found && compare(one.key, found.key) * sign > 0) found = one;
  return found?.item ?? null;
}

const itself: Each = (item) => item;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function contains(args: Arguments): boolean {
  const subject = args.any(0);
  if (typeof subject === 'string') return args.text(0).includes(args.text(1));
  return args.list(0).some((item) => isEqual(item, args.any(1), args.budget));
}

function lengthOf(args: Arguments): number {
  const value = args.any(0);
  if (typeof value === 'string') return [...args.text(0)].length;
  return Array.isArray(value) ? value.length : Object.keys(args.object(0)).length;
}

function asText(args: Arguments): string {
  const value = args.any(0);
  if (typeof value === 'string') return value;
  payForText(value, args.budget);
  return JSON.stringify(value);
}

function asNumber(args: Arguments): number | null {
  const value = args.any(0);
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

function groupBy(args: Arguments): JSONValue {
  const key = args.each(1);
  const groups = new Map<string, JSONValue[]>();
  for (const item of args.list(0)) {
    const name = key(item);
    if (typeof name !== 'string') throw new ToolProblem('group_by needs an expression that gives a text.');
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return objectOf(groups);
}

const fromItems = (args: Arguments): JSONValue =>
  objectOf(
    args.list(0).map((pair): [string, JSONValue] => {
      if (!Array.isArray(pair) || typeof pair[0] !== 'string')
        throw new ToolProblem('from_items needs a list of [name, value].');
      return [pair[0], pair[1] ?? null];
    }),
  );

const joined = (args: Arguments): string => {
  const parts = args.list(1).map((part) => {
    if (typeof part !== 'string') throw new ToolProblem('join needs a list of texts.');
    return part;
  });
  const glue = args.text(0);
  args.budget.spend(parts.reduce((length, part) => length + part.length + glue.length, 0));
  return parts.join(glue);
};

const reversed = (args: Arguments): JSONValue =>
  typeof args.any(0) === 'string' ? [...args.text(0)].reverse().join('') : args.list(0).toReversed();

/** A Map: `constructor` and `toString` are no functions of the language. */
const FUNCTIONS: ReadonlyMap<string, Function> = new Map<string, Function>([
  ['abs', (args) => Math.abs(args.number(0))],
  ['avg', (args) => (args.list(0).length === 0 ? null : sum(args.numbers(0)) / args.list(0).length)],
  ['ceil', (args) => Math.ceil(args.number(0))],
  ['contains', contains],
  ['ends_with', (args) => args.text(0).endsWith(args.text(1))],
  ['floor', (args) => Math.floor(args.number(0))],
  ['from_items', fromItems],
  ['group_by', groupBy],
  ['items', (args) => Object.entries(args.object(0)).map(([name, value]) => [name, value])],
  ['join', joined],
  ['keys', (args) => Object.keys(args.object(0))],
  ['length', lengthOf],
  ['lower', (args) => args.text(0).toLowerCase()],
  ['map', (args) => args.list(1).map(args.each(0))],
  ['max', (args) => best(args.list(0), itself, 1)],
  ['max_by', (args) => best(args.list(0), args.each(1), 1)],
  ['merge', (args) => objectOf(args.all().flatMap((_, at) => Object.entries(args.object(at))))],
  ['min', (args) => best(args.list(0), itself, -1)],
  ['min_by', (args) => best(args.list(0), args.each(1), -1)],
  ['not_null', (args) => args.all().find((value) => value !== null) ?? null],
  ['reverse', reversed],
  ['sort', (args) => sorted(args.list(0), itself, args.budget)],
  ['sort_by', (args) => sorted(args.list(0), args.each(1), args.budget)],
  ['split', (args) => args.text(0).split(args.text(1))],
  ['starts_with', (args) => args.text(0).startsWith(args.text(1))],
  ['sum', (args) => sum(args.numbers(0))],
  ['to_array', (args) => (Array.isArray(args.any(0)) ? args.any(0) : [args.any(0)])],
  ['to_number', asNumber],
  ['to_string', asText],
  ['trim', (args) => args.text(0).trim()],
  ['type', (args) => typeOf(args.any(0))],
  ['upper', (args) => args.text(0).toUpperCase()],
  ['values', (args) => Object.values(args.object(0))],
]);

export function callFunction(name: string, values: readonly Argument[], budget: Budget): JSONValue {
  const known = FUNCTIONS.get(name);
  if (!known)
    throw new ToolProblem(
      `There is no function "${name.slice(0, 40)}" here. There are: ${[...FUNCTIONS.keys()].join(', ')}.`,
    );
  return known(new Arguments(name, values, budget));
}
