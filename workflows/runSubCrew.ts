import { isCancellation, startChild, workflowInfo } from '@temporalio/workflow';
import type { CrewInput, CrewResult } from './activities.ts';
import { completedEvent } from './completedEvent.ts';
import { packScopes, unpackFinished } from './finishedTasks.ts';
import { forget } from './fold.ts';
import { CREW_TYPE, crewScope, inScope, nodeKey, stepPath, workflowIdOf } from './names.ts';
import type { ControlStepOf } from './plan.ts';
import type { NodePlace, Run } from './Run.ts';
import { NodeFailure } from './toFailure.ts';

/** A crew in a crew in a crew: deeper than this is a mistake. */
const DEEPEST = 6;

/**
 * Another crew, as a workflow of its own that writes into the same simulation: one ledger, one budget, one stream. It
 * is held, drained and cancelled with the crew around it.
 */
export async function runSubCrew(place: NodePlace, crew: ControlStepOf<'crew'>): Promise<void> {
  const { run, scope } = place;
  const { nodeId, name } = crew;
  const inside = crewScope(scope, nodeId);
  if (inside.split('/crew').length > DEEPEST)
    throw new NodeFailure({
      code: 'limit.exceeded',
      message: `${name}: crews stand in each other deeper than ${DEEPEST - 1} times.`,
      path: null,
    });
  const inputs = stepPath(scope, nodeId, 'inputs');
  await run.steps.decide({ path: inputs, nodeId, ...inScope(scope) }, { kind: 'inputs' });
  await run.gate.pass();
  if (!place.mayStart()) return;
  const result = await runChild(place, crew, inside).catch((error: unknown) => {
    // The ledger told it that the simulation is cancelled before anybody told this crew.
    if (isCancellation(error)) run.gate.cancel({ seq: run.gate.lastSeq, by: null });
    throw error;
  });
  forget(run, inside);
  if (result.status === 'failed') throw new NodeFailure(result.failure);
  if (result.status === 'drained') {
    Object.assign(run.ended, unpackFinished(result.finished, { tasks: [] }));
    return;
  }
  const path = result.path ?? (await emptyAnswer(place, crew));
  run.ended[nodeKey(scope, nodeId)] = { path, isEmpty: result.path === null };
  if (result.path !== null) await run.steps.tell(completedEvent(scope, nodeId, path));
}

async function runChild(
  { run, mayStart }: NodePlace,
  { name, crewVersionId }: ControlStepOf<'crew'>,
  inside: string,
): Promise<CrewResult> {
  const { workspaceId, simulationId, epoch, generations } = run.input;
  const input: CrewInput = {
    workspaceId,
    simulationId,
    epoch,
    crewVersionId,
    title: name,
    finished: packScopes(ownEnds(run, inside)),
    commandSeq: run.gate.lastSeq,
    isPaused: false,
    isContinued: false,
    scope: inside,
    parentId: workflowInfo().workflowId,
    activeMs: run.steps.activeMs,
    ...(run.steps.limits && { limits: run.steps.limits }),
    ...(generations && { generations }),
  };
  const handle = await startChild<(input: CrewInput) => Promise<CrewResult>>(CREW_TYPE, {
    // A retry runs it under the same id after the one before has closed.
    workflowId: `${workflowIdOf(simulationId)}/${inside}`,
    args: [input],
    // Its steps in flight end on record before this crew goes on to its own end.
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    parentClosePolicy: 'REQUEST_CANCEL',
  });
  return run.children.during(inside, handle, { gate: run.gate, mayStart });
}

/** What had ended of it before a retry or in an earlier history. */
function ownEnds({ ended }: Run, inside: string) {
  return Object.fromEntries(Object.entries(ended).filter(([key]) => key.startsWith(`${inside}/`)));
}

async function emptyAnswer({ run, scope }: NodePlace, { nodeId }: ControlStepOf<'crew'>): Promise<string> {
  const path = stepPath(scope, nodeId, 'join');
  await run.steps.decide({ path, nodeId, ...inScope(scope) }, { kind: 'join', leftOut: [] });
  return path;
}
