import type { Failure, NodeStatus } from './graph/eventSchema.ts';

export interface NodeState {
  readonly status: NodeStatus;
  /** The step at work, then the one whose answer is the node's. */
  readonly path: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly costMicros: number;
  readonly failure: Failure | null;
  /** Of a node inside a map, a loop or a sub-crew: how many of its passes there are as what. */
  readonly passes?: Readonly<Partial<Record<NodeStatus, number>>>;
}

export const emptyNode: NodeState = {
  status: 'queued',
  path: null,
  startedAt: null,
  endedAt: null,
  costMicros: 0,
  failure: null,
};

/** Nodes of a simulation that is being folded. */
export interface NodesDraft {
  readonly nodes: Record<string, NodeState>;
  readonly passes: Record<string, NodeState>;
}

/** A node where it is done: without a scope at the top. */
export interface NodeInScope {
  readonly nodeId: string;
  readonly scope?: string;
}

/** As it is where it is done; undefined of one that nothing was heard of. */
export const nodeAt = (
  { nodes, passes }: NodesDraft,
  { nodeId, scope }: NodeInScope,
): NodeState | undefined => (scope === undefined ? nodes[nodeId] : passes[`${scope}/${nodeId}`]);

export function setNode(draft: NodesDraft, place: NodeInScope, change: Partial<NodeState>): void {
  const { nodeId, scope } = place;
  const node = draft.nodes[nodeId] ?? emptyNode;
  if (scope === undefined) draft.nodes[nodeId] = { ...node, ...change };
  else setPass(draft, { ...place, scope }, change);
}

/** One pass through a node, and what all of them are together: as little as a canvas of thousands of passes can show. */
function setPass(
  draft: NodesDraft,
  { nodeId, scope }: Required<NodeInScope>,
  change: Partial<NodeState>,
): void {
  const key = `${scope}/${nodeId}`;
  const before = draft.passes[key];
  const pass = { ...(before ?? emptyNode), ...change };
  draft.passes[key] = pass;
  const node = draft.nodes[nodeId] ?? emptyNode;
  const passes = { ...node.passes };
  if (before) passes[before.status] = (passes[before.status] ?? 1) - 1;
  passes[pass.status] = (passes[pass.status] ?? 0) + 1;
  draft.nodes[nodeId] = {
    ...node,
    ...change,
    passes,
    status: together(passes),
    startedAt: node.startedAt ?? pass.startedAt,
    failure: passes.failed ? (pass.failure ?? node.failure) : null,
    costMicros: node.costMicros + pass.costMicros - (before?.costMicros ?? 0),
  };
}

/** Of many the one that says most: something goes on, something is wrong, all is done. */
const BY_WEIGHT = [
  'running',
  'waiting',
  'failed',
  'cancelled',
  'unknown',
  'queued',
  'completed',
  'skipped',
] as const;

const together = (passes: Partial<Record<NodeStatus, number>>): NodeStatus =>
  BY_WEIGHT.find((status) => (passes[status] ?? 0) > 0) ?? 'queued';

export function addCost(draft: NodesDraft, place: NodeInScope, micros: number): void {
  const { nodeId, scope } = place;
  const before = nodeAt(draft, { nodeId, ...(scope !== undefined && { scope }) });
  setNode(draft, place, { costMicros: (before?.costMicros ?? 0) + micros });
}

/** Changes each that is as `from` says. */
export function changeNodes(
  draft: NodesDraft,
  from: readonly NodeStatus[],
  change: (node: NodeState) => NodeState,
): void {
  for (const [key, pass] of Object.entries(draft.passes)) {
    const slash = key.lastIndexOf('/');
    if (from.includes(pass.status))
      setNode(draft, { scope: key.slice(0, slash), nodeId: key.slice(slash + 1) }, change(pass));
  }
  for (const [id, node] of Object.entries(draft.nodes))
    if (!node.passes && from.includes(node.status)) draft.nodes[id] = change(node);
}
