import type { Rule, RuleTerm } from './rules.ts';

export interface RuleFacts {
  /** What a path names; undefined when there is nothing there. */
  readonly lookUp: (path: string) => unknown;
  /** Fills placeholders in what is compared with. */
  readonly fill: (text: string) => string;
  /** Whether an RE2 pattern is found in a text: given, since this folder knows no packages. */
  readonly matches: (text: string, pattern: string) => boolean;
}

/** Whether a rule holds. Pure, and in time in proportion to the texts. */
export function ruleHolds(rule: Rule, facts: RuleFacts): boolean {
  if ('all' in rule) return rule.all.every((each) => ruleHolds(each, facts));
  if ('any' in rule) return rule.any.some((each) => ruleHolds(each, facts));
  if ('not' in rule) return !ruleHolds(rule.not, facts);
  return termHolds(rule, facts);
}

function termHolds({ path, op, value }: RuleTerm, { lookUp, fill, matches }: RuleFacts): boolean {
  const found = lookUp(path);
  const wanted = typeof value === 'string' ? fill(value) : value;
  switch (op) {
    case 'equals':
      return isSame(found, wanted);
    case 'notEquals':
      return !isSame(found, wanted);
    case 'contains':
      return contains(found, wanted);
    case 'notContains':
      return !contains(found, wanted);
    case 'startsWith':
      return folded(found).startsWith(folded(wanted));
    case 'endsWith':
      return folded(found).endsWith(folded(wanted));
    case 'matches':
      return matches(textOf(found), String(wanted ?? ''));
    case 'greater':
      return compared(found, wanted, (a, b) => a > b);
    case 'atLeast':
      return compared(found, wanted, (a, b) => a >= b);
    case 'less':
      return compared(found, wanted, (a, b) => a < b);
    case 'atMost':
      return compared(found, wanted, (a, b) => a <= b);
    case 'isEmpty':
      return isEmpty(found);
    case 'isNotEmpty':
      return !isEmpty(found);
    case 'isTrue':
      return found === true || folded(found) === 'true';
    case 'isFalse':
      return found === false || folded(found) === 'false';
  }
}

function isSame(found: unknown, wanted: unknown): boolean {
  const [a, b] = [numberOf(found), numberOf(wanted)];
  return a !== null && b !== null ? a === b : folded(found) === folded(wanted);
}

const contains = (found: unknown, wanted: unknown): boolean =>
  Array.isArray(found) ? found.some((each) => isSame(each, wanted)) : folded(found).includes(folded(wanted));

function compared(found: unknown, wanted: unknown, how: (a: number, b: number) => boolean): boolean {
  const [a, b] = [numberOf(found), numberOf(wanted)];
  return a !== null && b !== null && how(a, b);
}

function isEmpty(found: unknown): boolean {
  if (found === undefined || found === null) return true;
  if (Array.isArray(found)) return found.length === 0;
  if (typeof found === 'object') return Object.keys(found).length === 0;
  return textOf(found).trim() === '';
}

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value.trim());
  return Number.isFinite(number) ? number : null;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const folded = (value: unknown): string => textOf(value).trim().toLowerCase();

/** Goes down into a value by the names of a path. `length` of a text or list that has no such field. */
export function valueAt(value: unknown, names: readonly string[]): unknown {
  let at = value;
  for (const name of names) {
    if (typeof at === 'object' && at !== null && Object.hasOwn(at, name)) at = Reflect.get(at, name);
    else if (name === 'length' && (typeof at === 'string' || Array.isArray(at))) at = at.length;
    else return undefined;
  }
  return at;
}
