import { condition } from '@temporalio/workflow';
import { completedEvent } from './completedEvent.ts';
import { inScope, nodeKey, stepPath } from './names.ts';
import type { ControlStepOf } from './plan.ts';
import type { NodePlace } from './Run.ts';

/**
 * A timer that survives everything. Its end is a moment on record, so that a retry, a new history or a fork waits for
 * what is left of it, or not at all.
 */
export async function runWait(
  { run, scope, mayStart }: NodePlace,
  { nodeId }: ControlStepOf<'wait'>,
): Promise<void> {
  const path = stepPath(scope, nodeId, 'wait');
  const at = { path, nodeId, ...inScope(scope) };
  const outcome = await run.steps.decide(at, { kind: 'wait' });
  if (outcome.kind !== 'decided') throw new Error(`A wait cannot end as ${outcome.kind}`);
  const until = outcome.value;
  const left = Date.parse(until) - Date.now();
  const isDrained = left > 0 && (await run.waits.during({ kind: 'time', until, path }, () => timer(left)));
  if (isDrained) return;
  run.ended[nodeKey(scope, nodeId)] = { path, isEmpty: true };
  await run.steps.tell(completedEvent(scope, nodeId, path));

  function timer(ms: number): Promise<boolean> {
    return condition(() => !mayStart(), ms);
  }
}
