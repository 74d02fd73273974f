import type { Rule, RuleOperator } from '../graph/rules.ts';

const WORDS: Readonly<Record<RuleOperator, string>> = {
  equals: 'is',
  notEquals: 'is not',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
  matches: 'matches',
  greater: 'is greater than',
  atLeast: 'is at least',
  less: 'is less than',
  atMost: 'is at most',
  isEmpty: 'is empty',
  isNotEmpty: 'is not empty',
  isTrue: 'is true',
  isFalse: 'is false',
};

/** A rule as a person would say it, for an agent whose answer does not fulfil it. */
export function ruleInWords(rule: Rule, fill: (text: string) => string): string {
  if ('all' in rule) return joined(rule.all, ' and ', fill);
  if ('any' in rule) return joined(rule.any, ' or ', fill);
  if ('not' in rule) return `not (${ruleInWords(rule.not, fill)})`;
  const value = typeof rule.value === 'string' ? `“${fill(rule.value)}”` : rule.value;
  return [rule.path, WORDS[rule.op], value].filter((part) => part !== undefined).join(' ');
}

const joined = (rules: readonly Rule[], word: string, fill: (text: string) => string) =>
  rules.map((each) => ('path' in each ? ruleInWords(each, fill) : `(${ruleInWords(each, fill)})`)).join(word);
