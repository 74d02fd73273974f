/** Names that stand in Temporal's histories: they never change. */
export const WORKFLOW_TYPE = 'runSimulation';
/** Workflow tasks and activities share one queue so that activities start eagerly on the worker that asked. */
export const TASK_QUEUE = 'troupe';
export const UPDATES = { pause: 'pause', resume: 'resume', cancel: 'cancel' } as const;

/** One workflow id a simulation, whatever its epoch: Temporal then refuses two at once. */
export const workflowIdOf = (simulationId: string): string => `simulation:${simulationId}`;
export const simulationIdOf = (workflowId: string): string => workflowId.slice('simulation:'.length);

/** Where nodes are done that no map, loop, sub-crew or tool call surrounds: a crew that runs once has turn 1. */
export const ROOT_SCOPE = 't1';

/**
 * Places in the ledger: scope, node, generation, step. They are activity ids too, so their form never changes.
 * A node that is done once in its scope has generation 0.
 */
export const stepPath = (scope: string, nodeId: string, step: string): string =>
  `${scope}/${nodeId}/0/${step}`;

export const thinkPath = (nodeId: string, iteration: number, scope: string = ROOT_SCOPE): string =>
  stepPath(scope, nodeId, `think.${iteration}`);

/** Inside a map: an item goes by its own hash and how many equal ones came before it, so that it keeps its place. */
export const itemScope = (scope: string, mapId: string, key: string): string =>
  stepPath(scope, mapId, `item.${key}`);
export const roundScope = (scope: string, loopId: string, round: number): string =>
  stepPath(scope, loopId, `round.${round}`);
export const crewScope = (scope: string, nodeId: string): string => stepPath(scope, nodeId, 'crew');

/** A node in its scope: what it is finished under, and what keys of events are made of. */
export const nodeKey = (scope: string, nodeId: string): string =>
  scope === ROOT_SCOPE ? nodeId : `${scope}/${nodeId}`;

export const toolPath = (askedBy: string, index: number): string => `${askedBy}/tool.${index}`;
