import { lastName, memberOf, type PyCall, type PyValue } from '../python/PyValue.ts';
import type { PyClass, PyMethod, PyModule } from '../python/readModule.ts';
import { Code } from './entries.ts';
import type { PydanticModels } from './PydanticModels.ts';

/** Where a name in a method is looked up: there, in its class, in the file. */
export interface PyScope {
  readonly module: PyModule;
  readonly owner: PyClass;
  readonly method: PyMethod | undefined;
  readonly file: string;
  readonly models: PydanticModels;
  /** How many more values may be looked at: names of lists of names would make a small file endless. */
  readonly budget: { left: number };
}

/** Whether so many more may be looked at. */
export function affords({ budget }: PyScope, count: number): boolean {
  budget.left -= count;
  return budget.left >= 0;
}

/** A value and where the names in it are looked up. */
export interface Found {
  readonly value: PyValue;
  readonly scope: PyScope;
}

// Names of names are rare; a circle of them ends here.
const MOST_HOPS = 8;

/** Follows names and `self.x()` to what the file says they are. */
export const resolve = (value: PyValue, scope: PyScope): Found => followed({ value, scope }, follow);

/** Follows names alone, so that `self.x()` stays what it is: a name of an agent, a task or a tool. */
export const resolveNames = (value: PyValue, scope: PyScope): Found =>
  followed({ value, scope }, (found) => (found.value.kind === 'name' ? follow(found) : undefined));

function followed(from: Found, step: (found: Found) => Found | undefined): Found {
  let found = from;
  for (let hops = 0; hops < MOST_HOPS; hops += 1) {
    const next = step(found);
    if (!next) break;
    found = next;
  }
  return { ...found, value: folded(found.value) };
}

function follow({ value, scope }: Found): Found | undefined {
  const { module, owner, method } = scope;
  if (value.kind === 'name') {
    const given = method?.values.get(value.name) ?? module.values.get(value.name);
    return given && { value: given, scope };
  }
  const member = memberOf(value);
  if (member === undefined) return undefined;
  const makes = owner.methods.get(member);
  if (makes) return makes.returns[0] && { value: makes.returns[0], scope: { ...scope, method: makes } };
  const maker = owner.methods.get('__init__');
  const own = maker?.values.get(member);
  if (own) return { value: own, scope: { ...scope, method: maker } };
  const shared = owner.values.get(member);
  return shared && { value: shared, scope: { ...scope, method: undefined } };
}

/** What can be told of the few calls that people put around texts. */
function folded(value: PyValue): PyValue {
  if (value.kind !== 'call') return value;
  const { callee, positional } = value;
  const [first] = positional;
  if (callee.kind === 'attribute' && callee.name === 'strip' && !first) {
    const text = folded(callee.of);
    return text.kind === 'text' ? { kind: 'text', text: text.text.trim() } : value;
  }
  const name = lastName(callee);
  if (!first || (name !== 'dedent' && name !== 'cleandoc')) return value;
  const text = folded(first);
  return text.kind === 'text' ? { kind: 'text', text: dedent(text.text) } : value;
}

function dedent(text: string): string {
  const lines = text.split('\n').map((line) => (line.trim() === '' ? '' : line));
  const margins = lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const margin = margins.reduce((least, width) => Math.min(least, width), Number.POSITIVE_INFINITY);
  return lines.map((line) => line.slice(Math.min(margin, line.length))).join('\n');
}

/** A value as YAML would give it: texts, numbers, lists, maps; `Code` for the rest. */
export function plain(value: PyValue, scope: PyScope): unknown {
  const found = resolve(value, scope);
  if (!affords(scope, 1 + sizeOf(found.value))) return new Code(show(value));
  switch (found.value.kind) {
    case 'text':
      return found.value.text;
    case 'number':
      return found.value.number;
    case 'boolean':
      return found.value.is;
    case 'none':
      return null;
    case 'list':
      return found.value.items.map((item) => plain(item, found.scope));
    case 'dict':
      return new Map(
        found.value.entries.map(([key, item]) => [String(plain(key, found.scope)), plain(item, found.scope)]),
      );
    default:
      return new Code(show(value));
  }
}

function sizeOf(value: PyValue): number {
  if (value.kind === 'list') return value.items.length;
  return value.kind === 'dict' ? value.entries.length : 0;
}

/** Whether it reads a variable of the environment: what that holds is known where it runs. */
export function readsEnvironment(value: PyValue): boolean {
  const isEnvironment = (of: PyValue) =>
    (of.kind === 'name' || of.kind === 'attribute') && of.name === 'environ';
  if (value.kind === 'item') return isEnvironment(value.of);
  return value.kind === 'call' && callsEnvironment(value);
}

function callsEnvironment({ callee }: PyCall): boolean {
  if (callee.kind === 'name') return callee.name === 'getenv';
  if (callee.kind !== 'attribute') return false;
  const { of, name } = callee;
  const isEnvironment = (of.kind === 'name' || of.kind === 'attribute') && of.name === 'environ';
  return name === 'getenv' || (name === 'get' && isEnvironment);
}

/** How it is written, in short. */
export function show(value: PyValue): string {
  switch (value.kind) {
    case 'other':
      return value.source;
    case 'name':
      return value.name;
    case 'attribute':
      return `${show(value.of)}.${value.name}`;
    case 'call':
      return `${show(value.callee)}(…)`;
    case 'item':
      return `${show(value.of)}[…]`;
    case 'text':
      return `“${value.text}”`;
    default:
      return `a ${value.kind}`;
  }
}
