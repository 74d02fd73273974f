import { type Rule, type RuleTerm, termsOf, type ValuePath } from './rules.ts';
import type { GraphNode } from './schema.ts';

/** A rule of a node, and the field that it stands in. */
export interface RuleOf {
  readonly field: string;
  readonly rule: Rule;
}

/** Every rule that a node decides by, in the order of its fields. */
export function rulesOf(node: GraphNode): readonly RuleOf[] {
  switch (node.kind) {
    case 'router':
      return node.data.outcomes.flatMap(({ rule }) => (rule ? [{ field: 'outcomes', rule }] : []));
    case 'loop':
      return node.data.until ? [{ field: 'until', rule: node.data.until }] : [];
    case 'task':
      return [
        ...(node.data.condition ? [{ field: 'condition', rule: node.data.condition }] : []),
        ...(node.data.guardrails ?? []).flatMap((each) =>
          each.kind === 'rule' ? [{ field: 'guardrails', rule: each.rule }] : [],
        ),
      ];
    default:
      return [];
  }
}

/** Where the values come from that a node decides by. */
export function valuesOf(node: GraphNode): readonly { readonly field: string; readonly path: ValuePath }[] {
  const items =
    node.kind === 'map' && node.data.items !== null ? [{ field: 'items', path: node.data.items }] : [];
  const terms = rulesOf(node).flatMap(({ field, rule }) =>
    termsOf(rule).map(({ path }) => ({ field, path })),
  );
  return [...items, ...terms];
}

/** The node whose answer a path names. */
export const answerIn = (path: ValuePath): string | undefined =>
  path.startsWith('answer.') ? path.split('.')[1] : undefined;

/** Ids of the nodes whose answers a node decides by: it comes after them, as if lines were drawn. */
export const referencesOf = (node: GraphNode): readonly string[] => [
  ...new Set(valuesOf(node).flatMap(({ path }) => answerIn(path) ?? [])),
];

/** The node with other ids in its rules, for a copy that goes with copies of what it refers to. */
export function withReferences(node: GraphNode, newIds: ReadonlyMap<string, string>): GraphNode {
  const path = (old: ValuePath): ValuePath => {
    const id = newIds.get(answerIn(old) ?? '');
    return id === undefined ? old : ['answer', id, ...old.split('.').slice(2)].join('.');
  };
  const rule = (old: Rule): Rule => mapTerms(old, (term) => ({ ...term, path: path(term.path) }));
  switch (node.kind) {
    case 'router':
      return {
        ...node,
        data: {
          ...node.data,
          outcomes: node.data.outcomes.map((each) => (each.rule ? { ...each, rule: rule(each.rule) } : each)),
        },
      };
    case 'map':
      return { ...node, data: { ...node.data, items: node.data.items && path(node.data.items) } };
    case 'loop':
      return node.data.until ? { ...node, data: { ...node.data, until: rule(node.data.until) } } : node;
    case 'task':
      return node.data.condition
        ? { ...node, data: { ...node.data, condition: rule(node.data.condition) } }
        : node;
    default:
      return node;
  }
}

function mapTerms(rule: Rule, change: (term: RuleTerm) => RuleTerm): Rule {
  if ('path' in rule) return change(rule);
  if ('not' in rule) return { not: mapTerms(rule.not, change) };
  return 'all' in rule
    ? { all: rule.all.map((each) => mapTerms(each, change)) }
    : { any: rule.any.map((each) => mapTerms(each, change)) };
}
