import { nodesOfBlock, type Plan, type PlanControl } from '#workflows/graph/planSchema.ts';
import { nodesOf } from './neighbours.ts';

/** These end without an answer: who reads all earlier answers does not wait for theirs. */
export const isSilent = ({ kind }: PlanControl): boolean => kind === 'router' || kind === 'wait';

/**
 * Tasks that are done in any case and once, and read nothing else: of the crew itself, without a condition, on no
 * branch. Only of these it is known beforehand what a fork asks. By node id.
 */
export function settledTasks(plan: Plan): ReadonlySet<string> {
  const nodes = nodesOf(plan);
  const order = nodesOfBlock(plan, null);
  const onTheWay = new Set<string>();
  const settled = new Set<string>();
  // How many nodes from the first on are settled, or have nothing to say.
  let leading = 0;
  for (const [place, id] of order.entries()) {
    const node = nodes.get(id);
    if (!node) continue;
    const { branches, follows = [], context } = node;
    if (!branches && (follows.length === 0 || follows.some((before) => onTheWay.has(before))))
      onTheWay.add(id);
    const readsSettled =
      'first' in context ? context.first <= leading : context.tasks.every((read) => settled.has(read));
    const isSettled = !('kind' in node) && !node.condition && onTheWay.has(id) && readsSettled;
    if (isSettled) settled.add(id);
    if (leading === place && (isSettled || ('kind' in node && isSilent(node)))) leading += 1;
  }
  return settled;
}
