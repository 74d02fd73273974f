import { fold, forget } from './fold.ts';
import type { Failure } from './graph/eventSchema.ts';
import { inScope, itemScope, nodeKey, stepPath } from './names.ts';
import type { ControlStepOf } from './plan.ts';
import type { NodePlace } from './Run.ts';
import { NodeFailure } from './toFailure.ts';

type MapStep = ControlStepOf<'map'>;

/**
 * The inside of a map, once for each item, some at a time. An item that fails keeps no other from ending: then the map
 * fails, and a retry finds all others ended; or they are left out of its answer.
 */
export async function runMap(place: NodePlace, map: MapStep): Promise<void> {
  const { run, scope } = place;
  const { nodeId } = map;
  const at = (step: string) => ({
    path: stepPath(scope, nodeId, step),
    nodeId,
    ...inScope(scope),
  });
  const list = await run.steps.decide(at('items'), { kind: 'items' });
  if (list.kind !== 'items') throw new Error(`A list of items cannot end as ${list.kind}`);
  await runItems(place, map, list.keys);

  const ends = list.keys.map((key) => run.ended[itemScope(scope, nodeId, key)]);
  if (ends.some((end) => end === undefined)) return;
  const failures = ends.flatMap((end) => end?.failure ?? []);
  if (failures.length > 0 && map.onFailure === 'fail') throw failed(failures, list.keys.length);
  const leftOut = list.keys.filter((_, index) => ends[index]?.failure);
  const joined = await run.steps.decide(at('join'), { kind: 'join', leftOut });
  if (joined.kind !== 'answer') throw new Error(`A map cannot end as ${joined.kind}`);
  run.ended[nodeKey(scope, nodeId)] = { path: at('join').path, isEmpty: joined.isEmpty };
  // From here on the answer stands for them.
  for (const key of list.keys) delete run.ended[itemScope(scope, nodeId, key)];
}

async function runItems({ run, scope, mayStart }: NodePlace, map: MapStep, keys: readonly string[]) {
  const { nodeId, concurrency } = map;
  let next = 0;
  const workers = Array.from({ length: Math.min(concurrency, keys.length) }, async () => {
    for (let key = keys[next]; key !== undefined; key = keys[next]) {
      next += 1;
      const item = itemScope(scope, nodeId, key);
      if (run.ended[item]) continue;
      if (!mayStart()) return;
      const end = await run.doBlock({ run, scope: item, blockId: nodeId, mayStart });
      const [failure] = end.failures;
      if (end.isDone) fold(run, { scope: item, blockId: nodeId });
      else if (failure) {
        forget(run, item);
        run.ended[item] = { path: '', isEmpty: true, failure: failure.failure };
      }
    }
  });
  await Promise.all(workers);
}

function failed(failures: readonly Failure[], count: number): NodeFailure {
  const [first] = failures;
  const those = failures.length === 1 ? 'One' : String(failures.length);
  return new NodeFailure({
    code: 'map.itemsFailed',
    message: `${those} of ${count} items failed. The first: ${first?.message ?? 'for an unknown reason.'}`,
    path: first?.path ?? null,
  });
}
