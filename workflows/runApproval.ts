import { askPeople } from './askPeople.ts';
import { completedEvent } from './completedEvent.ts';
import { inScope, nodeKey, stepPath } from './names.ts';
import type { ControlStepOf } from './plan.ts';
import type { NodePlace } from './Run.ts';

/** A person decides which way on; what they write is the node's answer. */
export async function runApproval(
  node: NodePlace,
  { nodeId, otherwise }: ControlStepOf<'approval'>,
): Promise<void> {
  const { run, scope } = node;
  const path = stepPath(scope, nodeId, 'ask');
  const place = { path, nodeId, ...inScope(scope) };
  const outcome = await askPeople(node, { place, question: { kind: 'approval' }, otherwise });
  if (outcome.kind !== 'decided') throw new Error(`An approval cannot end as ${outcome.kind}`);
  const { value, isEmpty = false } = outcome;
  run.ended[nodeKey(scope, nodeId)] = { path, isEmpty, outcome: value };
  await run.steps.tell(completedEvent(scope, nodeId, path));
}
