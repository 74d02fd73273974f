import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateRule } from './evaluateRule.ts';
import { Rule, RuleOperator, type RuleTerm, ValuePath } from './rules.ts';
import type { RuleValues } from './ruleValues.ts';

const values: RuleValues = {
  inputs: new Map([
    ['topic', 'Bees'],
    ['limit', '7'],
  ]),
  answers: new Map([
    ['check', '```json\n{"ok": true, "score": {"total": 8}, "tags": ["a", "B"], "note": null}\n```'],
    ['poem', '  Roses are red  '],
    ['list', '["x", {"name": "y"}]'],
    ['empty', ' '],
  ]),
  item: { name: 'Ada', age: '36' },
  index: 2,
  round: 3,
  previous: 'done',
  output: '{"answer": 42}',
};
const holds = (path: string, op: RuleOperator, value?: RuleTerm['value']) =>
  evaluateRule(Rule.parse({ path, op, ...(value === undefined ? {} : { value }) }), values);

describe('one comparison', () => {
  test.each<[string, RuleOperator, RuleTerm['value'] | undefined]>([
    ['input.topic', 'equals', ' bees '],
    ['input.limit', 'equals', 7],
    ['input.limit', 'equals', '7.0'],
    ['input.none', 'notEquals', 'x'],
    ['answer.poem', 'contains', 'ARE'],
    ['answer.poem', 'notContains', 'blue'],
    ['answer.poem', 'startsWith', 'roses'],
    ['answer.poem', 'endsWith', 'RED'],
    ['answer.poem', 'matches', '(?i)roses\\s+are'],
    ['answer.poem.length', 'equals', 17],
    ['answer.check.ok', 'isTrue', undefined],
    ['answer.check.score.total', 'greater', '{limit}'],
    ['answer.check.score.total', 'atLeast', 8],
    ['answer.check.score.total', 'less', 8.5],
    ['answer.check.score.total', 'atMost', 8],
    ['answer.check.tags', 'contains', 'b'],
    ['answer.check.tags.length', 'equals', 2],
    ['answer.check.tags.1', 'equals', 'B'],
    ['answer.check.note', 'isEmpty', undefined],
    ['answer.list.1.name', 'equals', 'y'],
    ['answer.empty', 'isEmpty', undefined],
    ['answer.skipped', 'isEmpty', undefined],
    ['item.name', 'equals', 'ada'],
    ['item.age', 'greater', 35],
    ['index', 'equals', 2],
    ['round', 'atLeast', 3],
    ['previous', 'isNotEmpty', undefined],
    ['output.answer', 'equals', 42],
  ])('%s %s %s', (path, op, value) => {
    expect(holds(path, op, value)).toBe(true);
  });

  test.each<[string, RuleOperator, RuleTerm['value'] | undefined]>([
    ['input.none', 'equals', 'x'],
    ['answer.poem', 'greater', 1],
    ['answer.skipped', 'atMost', 5],
    ['answer.poem', 'isTrue', undefined],
    ['answer.poem', 'isFalse', undefined],
    ['answer.check.score.length', 'greater', 0],
    ['answer.poem', 'matches', '(unclosed'],
    ['answer.list.7', 'isNotEmpty', undefined],
  ])('not %s %s %s', (path, op, value) => {
    expect(holds(path, op, value)).toBe(false);
  });
});

test('all, any and not join comparisons', () => {
  const yes: Rule = { path: 'input.topic', op: 'equals', value: 'bees' };
  const no: Rule = { not: yes };
  expect(evaluateRule({ all: [yes, { any: [no, yes] }] }, values)).toBe(true);
  expect(evaluateRule({ all: [yes, no] }, values)).toBe(false);
  expect(evaluateRule({ any: [no, no] }, values)).toBe(false);
});

const NAMES = ['constructor', '__proto__', 'prototype', 'toString', 'hasOwnProperty'];

test.each(NAMES)('SAFETY V6 and V14: no path reaches %s', (name) => {
  expect(ValuePath.safeParse(`item.${name}`).success).toBe(false);
  const hostile: RuleValues = { ...values, answers: new Map([['a', `{"${name}": {"isAdmin": true}}`]]) };
  // Not even one that came past the schema reads what is inherited.
  expect(evaluateRule({ path: `item.${name}`, op: 'isNotEmpty' }, hostile)).toBe(false);
  expect(evaluateRule({ path: 'answer.a.isAdmin', op: 'isTrue' }, hostile)).toBe(false);
  expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
});

test('code in values and patterns is text', () => {
  const code = '{{ $json.constructor.constructor("return process")() }}';
  expect(holds('input.topic', 'equals', code)).toBe(false);
  expect(
    evaluateRule(
      { path: 'input.topic', op: 'equals', value: '{constructor}' },
      { ...values, inputs: new Map([['topic', '{constructor}']]) },
    ),
  ).toBe(true);
});

test('a hostile pattern takes no longer than another', () => {
  const long: RuleValues = { ...values, output: `${'a'.repeat(50_000)}!` };
  expect(evaluateRule({ path: 'output', op: 'matches', value: '^(a+)+$' }, long)).toBe(false);
});

const term = fc.record({
  path: fc.constantFrom('input.topic', 'answer.check.tags', 'answer.none', 'item.name', 'output', 'index'),
  op: fc.constantFrom(...RuleOperator.options),
  value: fc.oneof(fc.string({ maxLength: 40 }), fc.double(), fc.boolean()),
});

test('never throws, and not is its contrary, whatever it reads', () => {
  fc.assert(
    fc.property(term, fc.jsonValue(), fc.string(), (rule, item, output) => {
      const given: RuleValues = { ...values, item, output };
      const is = evaluateRule(rule, given);
      expect(evaluateRule({ not: rule }, given)).toBe(!is);
      expect(evaluateRule({ all: [rule, rule] }, given)).toBe(is);
      expect(evaluateRule({ any: [rule] }, given)).toBe(is);
    }),
  );
});

test('equals and notEquals, contains and notContains are contraries', () => {
  fc.assert(
    fc.property(term, ({ path, value }) => {
      expect(evaluateRule({ path, op: 'equals', value }, values)).not.toBe(
        evaluateRule({ path, op: 'notEquals', value }, values),
      );
      expect(evaluateRule({ path, op: 'contains', value }, values)).not.toBe(
        evaluateRule({ path, op: 'notContains', value }, values),
      );
    }),
  );
});
