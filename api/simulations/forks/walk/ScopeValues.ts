import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { placeholdersOf } from '#workflows/graph/evaluateRule.ts';
import type { Plan } from '#workflows/graph/planSchema.ts';
import type { RuleValues } from '#workflows/graph/ruleValues.ts';
import type { PlanNode } from '../../../database/ledger/reuse/neighbours.ts';

/** What is given in a scope, whatever the nodes in it answered. */
export interface ScopeValues {
  readonly known: Omit<RuleValues, 'answers' | 'output'>;
  /** Names of what is given there and not known yet: of inputs, or `item`, `index`, `previous`. */
  readonly open: ReadonlySet<string>;
}

export const valuesOf = (known: ScopeValues['known'], open: Iterable<string> = []): ScopeValues => ({
  known,
  open: new Set(open),
});

/** With more of them, in a map or a loop. */
export const withValues = (
  { known, open }: ScopeValues,
  more: Partial<ScopeValues['known']>,
  unknown: readonly string[] = [],
): ScopeValues => ({
  known: { ...known, ...more },
  open: new Set([...[...open].filter((name) => !Object.hasOwn(more, name)), ...unknown]),
});

/** Null when one of them is not known. */
export const placeholdersIn = ({ known, open }: ScopeValues): ReadonlyMap<string, string> | null =>
  open.size === 0 ? placeholdersOf(known) : null;

/** Whether a node, or whoever does it, speaks of something that is not known. */
export function speaksOfOpen(plan: Plan, node: PlanNode, { open }: ScopeValues): boolean {
  if (open.size === 0) return false;
  const ids = 'kind' in node ? [] : [node.agentId, ...(node.coworkers ?? [])];
  const words = canonicalJson([node, plan.agents.filter(({ nodeId }) => ids.includes(nodeId))]);
  return [...open].some((name) => [`{${name}}`, ...pathsTo(name)].some((form) => words.includes(form)));
}

const OF_SCOPE: ReadonlySet<string> = new Set(['item', 'index', 'round', 'previous']);

/** As rules name it, with or without a field. */
const pathsTo = (name: string): readonly string[] =>
  OF_SCOPE.has(name) ? [`"${name}"`, `"${name}.`] : [`"input.${name}"`, `"input.${name}.`];
