import { nodesOfBlock, type Plan, type PlanTask } from '#workflows/graph/planSchema.ts';
import { nodesOf } from './neighbours.ts';

/**
 * Tasks that are done in any case and once, whatever is decided on the way: of the crew itself, without a condition,
 * and behind others of that kind alone. Only of these it is known beforehand that a fork asks for them. In order.
 */
export function settledTasks(plan: Plan): readonly PlanTask[] {
  const nodes = nodesOf(plan);
  const order = nodesOfBlock(plan, null);
  const settled = new Set<string>();
  let leading = 0;
  const tasks: PlanTask[] = [];
  for (const [place, id] of order.entries()) {
    const node = nodes.get(id);
    if (!node || 'kind' in node || node.condition || node.branches) continue;
    const { waitsFor, follows = [], context } = node;
    const readsSettled =
      'first' in context ? context.first <= leading : context.tasks.every((read) => settled.has(read));
    if (!readsSettled || ![...waitsFor, ...follows].every((before) => settled.has(before))) continue;
    settled.add(id);
    tasks.push(node);
    if (leading === place) leading += 1;
  }
  return tasks;
}
