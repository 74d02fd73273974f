import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { nodesOfBlock, type Plan } from '#workflows/graph/planSchema.ts';
import { insideOf, nodesOf, type PlanNode, readsOf } from '../../database/ledger/reuse/neighbours.ts';

export interface Made {
  readonly plan: Plan;
  readonly inputs: Readonly<Record<string, string>>;
}

export interface ChangedNodes {
  /** As the parent was made. */
  readonly before: Made;
  readonly after: Made;
  /** What is done anew or answered otherwise for another reason. */
  readonly anew: Iterable<string>;
}

/**
 * Nodes that may be asked something else than in the parent, or be left out or come in: those that are told otherwise,
 * and all that reads them or hangs on them. By node id; whatever is not among them asks what it asked.
 */
export function changedNodes({ before, after, anew }: ChangedNodes): ReadonlySet<string> {
  const changed = new Set([...anew, ...toldOtherwise(before, after)]);
  const { plan } = after;
  const rerouted = new Set<string>();
  const loops = new Set(plan.controls?.flatMap(({ kind, nodeId }) => (kind === 'loop' ? [nodeId] : [])));
  const nodes = [...nodesOf(plan).values()];
  const surrounding = new Map((plan.controls ?? []).map(({ nodeId }) => [nodeId, insideOf(plan, nodeId)]));
  /** Also of what surrounds something that is changed: its own answer is made of that. */
  const answersOtherwise = (id: string) =>
    changed.has(id) || (surrounding.get(id)?.some((inner) => changed.has(inner)) ?? false);

  for (let size = -1; size !== changed.size; ) {
    size = changed.size;
    for (const node of nodes) {
      const { nodeId, blockId, branches = [], follows = [] } = node;
      const isRerouted =
        branches.some(({ from }) => changed.has(from)) || follows.some((id) => rerouted.has(id));
      if (isRerouted) rerouted.add(nodeId);
      const goesAnew =
        blockId !== undefined && (changed.has(blockId) || (loops.has(blockId) && answersOtherwise(blockId)));
      if (isRerouted || goesAnew || readOf(plan, node).some(answersOtherwise)) changed.add(nodeId);
    }
  }
  return changed;
}

function readOf(plan: Plan, node: PlanNode): readonly string[] {
  const { context, blockId = null } = node;
  return 'first' in context
    ? [...readsOf(node), ...nodesOfBlock(plan, blockId).slice(0, context.first)]
    : readsOf(node);
}

function toldOtherwise(before: Made, after: Made): readonly string[] {
  const told = new Map([...nodesOf(before.plan)].map(([id, node]) => [id, wordsOf(before.plan, node)]));
  const names = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  const values = [...names].filter((name) => before.inputs[name] !== after.inputs[name]);
  return [...nodesOf(after.plan)].flatMap(([id, node]) => {
    const words = wordsOf(after.plan, node);
    const namesValue = values.some((name) => words.includes(`{${name}}`) || words.includes(`input.${name}`));
    return told.get(id) === words && !namesValue ? [] : [id];
  });
}

/** All that a node says to whoever does it; not what it is called, and not what it waits for. */
function wordsOf({ agents, settings, process }: Plan, node: PlanNode): string {
  const { name: _, waitsFor: __, ...own } = node;
  const ids = 'kind' in node ? [] : [node.agentId, ...(node.coworkers ?? [])];
  const doers = agents.filter(({ nodeId }) => ids.includes(nodeId)).map(({ name: ___, ...agent }) => agent);
  return canonicalJson({ own, doers, settings, process });
}
