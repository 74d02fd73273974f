import { nodesOfBlock } from '#workflows/graph/planSchema.ts';
import { crewScope } from '#workflows/names.ts';
import { nodesOf, type PlanNode } from '../../../database/ledger/reuse/neighbours.ts';
import type { CrewWalk, WalkPlace } from './CrewWalk.ts';
import { innerPath } from './innerPath.ts';
import { valuesOf, withValues } from './ScopeValues.ts';
import { firstSteps } from './walkCourse.ts';

/**
 * Counts a node of which it is not known what it asks as it was in the parent; one that did nothing there, as the least
 * that it does.
 */
export async function countUnknown(crew: CrewWalk, node: PlanNode, place: WalkPlace): Promise<void> {
  await markWritten(crew, node);
  const { plan } = crew;
  if (crew.anewUnder(innerPath(place, node, ''), place.values) > 0) return;
  if (!('kind' in node)) {
    const scope = place.scope;
    for (const path of firstSteps({ plan, task: node, scope })) crew.anew(path, node.nodeId, place.values);
    return;
  }
  switch (node.kind) {
    case 'router':
      if (node.by === 'model') crew.anew(innerPath(place, node, 'route'), node.nodeId, place.values);
      return;
    case 'approval':
      return crew.anew(innerPath(place, node, 'ask'), node.nodeId, place.values);
    case 'wait':
      return;
    case 'map':
    case 'loop': {
      const values = withValues(place.values, {}, ['item', 'index', 'round', 'previous']);
      const inside = { ...place, blockId: node.nodeId, values };
      return countAll(crew, inside);
    }
    case 'crew': {
      const inner = await crew.fork.loadPlan(node.crewVersionId);
      const scope = crewScope(place.scope, node.nodeId);
      if (inner)
        await countAll(crew.within({ plan: inner, scope }), {
          scope,
          blockId: null,
          values: valuesOf({ inputs: new Map() }, Object.keys(node.inputs)),
        });
    }
  }
}

async function countAll(crew: CrewWalk, place: WalkPlace): Promise<void> {
  const nodes = nodesOf(crew.plan);
  for (const id of nodesOfBlock(crew.plan, place.blockId)) {
    const node = nodes.get(id);
    if (node) await countUnknown(crew, node, place);
  }
}

/** What it, or anything inside it, may write is not known. */
async function markWritten(crew: CrewWalk, node: PlanNode): Promise<void> {
  const { plan, fork } = crew;
  if (!('kind' in node)) return fork.state.writeAnew(plan, node);
  if (node.kind === 'crew') {
    const inner = await fork.loadPlan(node.crewVersionId);
    for (const task of inner?.tasks ?? []) fork.state.writeAnew(inner ?? plan, task);
  }
  const nodes = nodesOf(plan);
  for (const id of nodesOfBlock(plan, node.nodeId)) {
    const inner = nodes.get(id);
    if (inner) await markWritten(crew, inner);
  }
}
