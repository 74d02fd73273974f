import { completedEvent } from './completedEvent.ts';
import { inScope, nodeKey, stepPath } from './names.ts';
import type { ControlStepOf } from './plan.ts';
import type { NodePlace } from './Run.ts';

/** Which way on: by rules, or as a model answers. What hangs on the other outcomes is skipped. */
export async function runRouter(
  { run: { steps, ended }, scope }: NodePlace,
  { nodeId, by }: ControlStepOf<'router'>,
): Promise<void> {
  const path = stepPath(scope, nodeId, 'route');
  const place = { path, nodeId, ...inScope(scope) };
  const outcome =
    by === 'rules'
      ? await steps.decide(place, { kind: 'route' })
      : await steps.think(place, {
          previousPath: null,
          toolPaths: [],
          isForced: false,
          route: true,
        });
  if (outcome.kind !== 'decided') throw new Error(`A router cannot end as ${outcome.kind}`);
  ended[nodeKey(scope, nodeId)] = { path, isEmpty: true, outcome: outcome.value };
  await steps.tell(completedEvent(scope, nodeId, path));
}
