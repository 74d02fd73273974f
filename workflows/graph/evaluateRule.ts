import { RE2JS } from 're2js';
import { unreachable } from '../unreachable.ts';
import { fillPlaceholders } from './inputs.ts';
import { RULE_LIMITS, type Rule, type RuleTerm } from './rules.ts';
import { asText, type RuleValues, valueAt } from './ruleValues.ts';

/** Longer texts are looked at up to here: a pattern takes time in proportion to both. */
const LONGEST_MATCHED = 200_000;

/**
 * Whether a condition holds. Pure and total: nothing is executed, nothing throws, and what is not there equals
 * nothing. Texts compare without regard to case and the white space around them.
 */
export function evaluateRule(rule: Rule, values: RuleValues): boolean {
  if ('all' in rule) return rule.all.every((part) => evaluateRule(part, values));
  if ('any' in rule) return rule.any.some((part) => evaluateRule(part, values));
  if ('not' in rule) return !evaluateRule(rule.not, values);
  return holds(rule, values);
}

function holds({ path, op, value: given }: RuleTerm, values: RuleValues): boolean {
  const value = valueAt(path, values);
  const wanted = typeof given === 'string' ? fillPlaceholders(given, placeholdersOf(values)) : given;
  switch (op) {
    case 'equals':
      return isSame(value, wanted);
    case 'notEquals':
      return !isSame(value, wanted);
    case 'contains':
      return contains(value, wanted);
    case 'notContains':
      return !contains(value, wanted);
    case 'startsWith':
      return plain(value).startsWith(plain(wanted));
    case 'endsWith':
      return plain(value).endsWith(plain(wanted));
    case 'matches':
      return matches(asText(value), asText(wanted));
    case 'greater':
      return compares(value, wanted, (a, b) => a > b);
    case 'atLeast':
      return compares(value, wanted, (a, b) => a >= b);
    case 'less':
      return compares(value, wanted, (a, b) => a < b);
    case 'atMost':
      return compares(value, wanted, (a, b) => a <= b);
    case 'isEmpty':
      return isEmpty(value);
    case 'isNotEmpty':
      return !isEmpty(value);
    case 'isTrue':
      return TRUE.has(plain(value));
    case 'isFalse':
      return FALSE.has(plain(value));
    default:
      return unreachable(op);
  }
}

const TRUE: ReadonlySet<string> = new Set(['true', 'yes']);
const FALSE: ReadonlySet<string> = new Set(['false', 'no']);

/** What may be filled in: inputs, and inside maps and loops what is being done there. */
export function placeholdersOf(values: Omit<RuleValues, 'answers' | 'output'>): ReadonlyMap<string, string> {
  const { inputs, item, index, round, previous } = values;
  const filled = new Map(inputs);
  for (const [name, value] of Object.entries({ item, index, round, previous }))
    if (value !== undefined) filled.set(name, asText(value));
  return filled;
}

const plain = (value: unknown): string => asText(value).trim().toLowerCase();

function isSame(value: unknown, wanted: unknown): boolean {
  if (value === undefined && wanted !== '') return false;
  const [a, b] = [numberOf(value), numberOf(wanted)];
  return plain(value) === plain(wanted) || (a !== null && a === b);
}

const contains = (value: unknown, wanted: unknown): boolean =>
  Array.isArray(value) ? value.some((each) => isSame(each, wanted)) : plain(value).includes(plain(wanted));

function compares(value: unknown, wanted: unknown, holdsFor: (a: number, b: number) => boolean): boolean {
  const [a, b] = [numberOf(value), numberOf(wanted)];
  return a !== null && b !== null && holdsFor(a, b);
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/i;

function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const text = typeof value === 'string' ? value.trim() : '';
  return NUMBER.test(text) ? Number(text) : null;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'object') return Object.keys(value).length === 0;
  return asText(value).trim() === '';
}

/** RE2 takes no longer for a hostile pattern than for another. One that is none matches nothing. */
function matches(text: string, pattern: string): boolean {
  if (pattern.length > RULE_LIMITS.pattern) return false;
  try {
    return RE2JS.compile(pattern).matcher(text.slice(0, LONGEST_MATCHED)).find();
  } catch {
    return false;
  }
}
