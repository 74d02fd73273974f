import { z } from 'zod';
import { isInheritedName } from './names.ts';

/** Bounds that keep a rule readable and its evaluation quick. */
export const RULE_LIMITS = { depth: 4, terms: 20, pattern: 500, value: 2_000 } as const;

/**
 * Where a value comes from: `input.topic`; `answer.<nodeId>`, the text of a node's answer, or with more names a field
 * of its JSON, as in `answer.score.total`; inside a map `item`, `item.<field>` and `index` (from 1); inside a loop
 * `round` (from 1) and `previous`, the answer of the round before; in a guardrail `output` and its fields. A number
 * among the names is a place in a list, from 0. After any of them `.length` of a text or list that has no such field.
 */
export const ValuePath = z
  .string()
  .max(400)
  .regex(
    /^(?:(?:input|answer)\.[A-Za-z0-9_-]{1,64}|item|index|round|previous|output)(?:\.[A-Za-z0-9_-]{1,64}){0,8}$/,
    'A value is named like input.topic, answer.<task>, item.name or round',
  )
  .refine((path) => !path.split('.').some(isInheritedName), 'This name is reserved');
export type ValuePath = z.infer<typeof ValuePath>;

export const RuleOperator = z.enum([
  'equals',
  'notEquals',
  'contains',
  'notContains',
  'startsWith',
  'endsWith',
  'matches',
  'greater',
  'atLeast',
  'less',
  'atMost',
  'isEmpty',
  'isNotEmpty',
  'isTrue',
  'isFalse',
]);
export type RuleOperator = z.infer<typeof RuleOperator>;

/**
 * One comparison. Texts compare without regard to case and white space around them; `greater` and its like compare
 * numbers, and hold for nothing that is not one. `matches` takes an RE2 pattern. `value` is left out where the
 * operator needs none.
 */
export const RuleTerm = z.strictObject({
  path: ValuePath,
  op: RuleOperator,
  value: z
    .union([z.string().max(RULE_LIMITS.value), z.number(), z.boolean()])
    .optional()
    .describe('What it is compared with; may hold {placeholders}'),
});
export type RuleTerm = z.infer<typeof RuleTerm>;

export type Rule =
  | RuleTerm
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule };

const AnyRule: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    RuleTerm,
    z.strictObject({ all: z.array(AnyRule).min(1).max(RULE_LIMITS.terms) }),
    z.strictObject({ any: z.array(AnyRule).min(1).max(RULE_LIMITS.terms) }),
    z.strictObject({ not: AnyRule }),
  ]),
);

/** A condition as data: comparisons joined by all, any and not. Nothing in it is ever executed. */
export const Rule = AnyRule.refine(
  (rule) => depthOf(rule) <= RULE_LIMITS.depth && termsOf(rule).length <= RULE_LIMITS.terms,
  `A rule has at most ${RULE_LIMITS.terms} comparisons, nested ${RULE_LIMITS.depth} deep`,
);

const partsOf = (rule: Rule): readonly Rule[] => {
  if ('all' in rule) return rule.all;
  if ('any' in rule) return rule.any;
  return 'not' in rule ? [rule.not] : [];
};

const depthOf = (rule: Rule): number => 1 + Math.max(0, ...partsOf(rule).map(depthOf));

/** Every comparison of a rule, in the order in which they are written. */
export const termsOf = (rule: Rule): readonly RuleTerm[] =>
  'path' in rule ? [rule] : partsOf(rule).flatMap(termsOf);
