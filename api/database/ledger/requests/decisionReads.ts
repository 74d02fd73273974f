import type { Decision } from '#workflows/activities.ts';
import type { Plan, PlanControl, PlanTask } from '#workflows/graph/planSchema.ts';
import { type Rule, termsOf, type ValuePath } from '#workflows/graph/rules.ts';

export interface DecisionOf {
  readonly plan: Plan;
  readonly node: PlanTask | PlanControl;
  readonly decision: Decision;
}

/** Ids of the nodes whose answers a decision looks at. */
export function whatIsRead({ node, decision }: DecisionOf): readonly string[] {
  if (decision.kind === 'inputs') return 'tasks' in node.context ? node.context.tasks : [];
  if ('kind' in node && node.kind === 'map')
    return decision.kind === 'items' && node.items ? idsOf([node.items]) : [];
  return idsOf(rulesOf({ node, decision }).flatMap((rule) => termsOf(rule).map(({ path }) => path)));
}

function rulesOf({ node, decision }: Pick<DecisionOf, 'node' | 'decision'>): readonly Rule[] {
  if (!('kind' in node)) return decision.kind === 'condition' && node.condition ? [node.condition] : [];
  if (node.kind === 'loop') return decision.kind === 'until' && node.until ? [node.until] : [];
  return node.kind === 'router' ? node.outcomes.flatMap(({ rule }) => rule ?? []) : [];
}

const idsOf = (paths: readonly ValuePath[]): readonly string[] => [
  ...new Set(paths.flatMap((path) => (path.startsWith('answer.') ? (path.split('.')[1] ?? []) : []))),
];
