import { isCancellation } from '@temporalio/workflow';
import { runTask } from './agentLoop.ts';
import { askPeople } from './askPeople.ts';
import { closingWith, type TaskFailure } from './closing.ts';
import { Drained } from './Drained.ts';
import { inScope, nodeKey, stepPath } from './names.ts';
import { type ControlNode, type ControlTask, isStep, nodeAt, nodesOf } from './plan.ts';
import type { Block, BlockEnd, NodePlace } from './Run.ts';
import { runControl } from './runControl.ts';
import { runNodes } from './schedule.ts';
import { toFailure } from './toFailure.ts';

/** The crew itself, an item of a map or a round of a loop: its nodes in their order, as far as they may start. */
export async function runBlock({ run, scope, blockId, mayStart }: Block): Promise<BlockEnd> {
  const { plan, ended, slots } = run;
  const failures: TaskFailure[] = [];
  const nodes = nodesOf(plan, blockId).flatMap((index) => {
    const node = nodeAt(plan, index);
    return node ? [[index, node] as const] : [];
  });
  const endOf = (node: ControlNode | undefined) => ended[nodeKey(scope, node?.nodeId ?? '')];
  const hasEnded = (node: ControlNode) => endOf(node) !== undefined;
  const place = { run, scope, mayStart: () => mayStart() && failures.length === 0 };

  await runNodes({
    nodes,
    slots,
    hasEnded,
    mayStart: place.mayStart,
    isOnTheWay({ branches, follows }) {
      if (branches) return branches.some(([from, outcome]) => endOf(nodeAt(plan, from))?.outcome === outcome);
      return !follows?.length || follows.some((from) => endOf(nodeAt(plan, from))?.skipped !== 'branch');
    },
    skip: (node) => skip(place, node, 'branch'),
    async run(node) {
      try {
        await (isStep(node) ? runControl(place, node) : runOne(place, node));
      } catch (error) {
        // What was cancelled is told by the closing event; anything else fails the block once the rest drained.
        const isOver = isCancellation(error) || error instanceof Drained;
        if (!isOver) failures.push(await told(place, node, error));
      }
    },
  });
  return { isDone: nodes.every(([, node]) => hasEnded(node)), failures };
}

/** A task, unless its condition does not hold. */
async function runOne(place: NodePlace, task: ControlTask): Promise<void> {
  const { run, scope } = place;
  const { steps, ended } = run;
  const { nodeId } = task;
  if (task.isConditional) {
    const path = stepPath(scope, nodeId, 'condition');
    const at = { path, nodeId, ...inScope(scope) };
    const outcome = await steps.decide(at, { kind: 'condition' });
    if (outcome.kind === 'decided' && outcome.value !== 'true') return skip(place, task, 'condition');
  }
  ended[nodeKey(scope, nodeId)] = await runTask({
    steps,
    task,
    scope,
    generation: run.input.generations?.[nodeKey(scope, nodeId)] ?? 0,
    ask: (at, question) => askPeople(place, { place: at, question, otherwise: null }),
    closingWith: (path) => closingWith(task, { path, scope }, run),
  });
}

/** Its end rides on the next step; what comes after looks at it there. */
function skip({ run, scope }: NodePlace, { nodeId }: ControlNode, reason: 'branch' | 'condition') {
  const key = nodeKey(scope, nodeId);
  run.ended[key] = { path: '', isEmpty: true, skipped: reason };
  const data = { nodeId, ...inScope(scope), reason };
  return run.steps.tell({ key: `task.skipped:${key}`, type: 'task.skipped', data });
}

/** Inside a map or loop a failure is told now: at the end only that of the map or loop is. */
async function told(
  { run, scope }: NodePlace,
  { nodeId }: ControlNode,
  error: unknown,
): Promise<TaskFailure> {
  const failure = toFailure(error);
  const place = { nodeId, ...inScope(scope) };
  const key = `task.failed:${nodeKey(scope, nodeId)}:${run.input.epoch}`;
  if (scope !== run.scope || run.scope !== 't1')
    await run.steps.tell({ key, type: 'task.failed', data: { ...place, failure } });
  return { ...place, failure };
}
