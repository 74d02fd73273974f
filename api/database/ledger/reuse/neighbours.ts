import { nodesOfBlock, type Plan, type PlanControl, type PlanTask } from '#workflows/graph/planSchema.ts';

export type PlanNode = PlanTask | PlanControl;

/** Everything that a plan does, by node id. */
export const nodesOf = ({ tasks, controls = [] }: Plan): ReadonlyMap<string, PlanNode> =>
  new Map([...tasks, ...controls].map((node) => [node.nodeId, node]));

const ANSWER = /"answer\.([A-Za-z0-9_-]+)/g;

/** Nodes that a node waits for, reads or hangs on, as far as they are named; "all earlier ones" are not. */
function needsOf(node: PlanNode): readonly string[] {
  const { waitsFor, branches = [], follows = [] } = node;
  return [...waitsFor, ...branches.map(({ from }) => from), ...follows, ...readsOf(node)];
}

/** Nodes whose answers a node looks at, as far as they are named. */
function readsOf(node: PlanNode): readonly string[] {
  const { context } = node;
  return [
    ...('tasks' in context ? context.tasks : []),
    ...(hasRules(node)
      ? [...JSON.stringify(node).matchAll(ANSWER)].flatMap(([, id]) => (id === undefined ? [] : [id]))
      : []),
  ];
}

const hasRules = (node: PlanNode): boolean =>
  'kind' in node || node.condition !== undefined || node.guardrails !== undefined;

const blockOf = ({ blockId }: PlanNode): string | null => blockId ?? null;

/**
 * Nodes of the same block that wait for a node or read it, directly or through others, and all that is done inside
 * them, by id in order of the plan.
 */
export function nodesAfter(plan: Plan, nodeId: string): string[] {
  const nodes = nodesOf(plan);
  const node = nodes.get(nodeId);
  if (!node) return [];
  const block = nodesOfBlock(plan, blockOf(node));
  const after = new Set([nodeId]);
  // "All earlier ones" are then one comparison, however many they are.
  const earliest = block.indexOf(nodeId);
  for (const id of block) {
    const other = nodes.get(id);
    if (!other) continue;
    const readsAll = 'first' in other.context && other.context.first > earliest;
    if (readsAll || needsOf(other).some((needed) => after.has(needed))) after.add(id);
  }
  after.delete(nodeId);
  return [...after].flatMap((id) => [id, ...insideOf(plan, id)]);
}

/** Everything that is done inside a map or loop. */
export function insideOf(plan: Plan, nodeId: string): readonly string[] {
  const inside: string[] = [];
  const open = [nodeId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const block = nodesOfBlock(plan, id);
    inside.push(...block);
    open.push(...block);
  }
  return inside;
}

/** A plan with nothing but one task and those it needs; inside a map or loop, with what it needs there and around. */
export function cutPlan(plan: Plan, nodeId: string): Plan {
  const needed = findNeeded(plan, nodeId);
  const keep = ({ nodeId: id }: PlanNode) => needed.has(id);
  const tasks = plan.tasks.filter(keep);
  const agents = new Set(tasks.flatMap(({ agentId, coworkers = [] }) => [agentId, ...coworkers]));
  const { controls, blocks, ...whole } = plan;
  const kept = controls?.filter(keep) ?? [];
  const part = { ...whole, tasks, agents: plan.agents.filter((agent) => agents.has(agent.nodeId)) };
  if (kept.length === 0 || !blocks) return part;
  const left = blocks.map(({ id, nodeIds }) => ({ id, nodeIds: nodeIds.filter((one) => needed.has(one)) }));
  return { ...part, controls: kept, blocks: left.filter(({ nodeIds }) => nodeIds.length > 0) };
}

function findNeeded(plan: Plan, nodeId: string): ReadonlySet<string> {
  const nodes = nodesOf(plan);
  const needed = new Set<string>();
  const leading = new Map<string | null, number>();
  const open: { readonly id: string; readonly isWhole: boolean }[] = [{ id: nodeId, isWhole: true }];
  for (let next = open.pop(); next; next = open.pop()) {
    const node = nodes.get(next.id);
    if (!node || needed.has(next.id)) continue;
    needed.add(next.id);
    const block = blockOf(node);
    const whole = [
      ...needsOf(node),
      // What surrounds it is done for it alone; what it reads is done with all that is inside.
      ...(next.isWhole ? nodesOfBlock(plan, next.id) : []),
      ...('first' in node.context ? earlier(block, node.context.first) : []),
    ];
    open.push(...whole.map((id) => ({ id, isWhole: true })));
    if (block !== null) open.push({ id: block, isWhole: false });
  }
  return needed;

  /** Of a block's first nodes those that were not asked for before. */
  function earlier(block: string | null, first: number): readonly string[] {
    const before = leading.get(block) ?? 0;
    leading.set(block, Math.max(before, first));
    return nodesOfBlock(plan, block).slice(before, first);
  }
}
