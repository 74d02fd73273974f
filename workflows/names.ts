/** Names that stand in Temporal's histories: they never change. */
export const WORKFLOW_TYPE = 'runSimulation';
/** Workflow tasks and activities share one queue so that activities start eagerly on the worker that asked. */
export const TASK_QUEUE = 'troupe';
export const UPDATES = { pause: 'pause', resume: 'resume', cancel: 'cancel' } as const;

/** One workflow id a simulation, whatever its epoch: Temporal then refuses two at once. */
export const workflowIdOf = (simulationId: string): string => `simulation:${simulationId}`;
export const simulationIdOf = (workflowId: string): string => workflowId.slice('simulation:'.length);

/**
 * Places in the ledger: turn, node, generation, step. They are activity ids too, so their form never changes.
 * A crew that runs once has turn 1; a node that is done once has generation 0.
 */
export const thinkPath = (nodeId: string, iteration: number): string => `t1/${nodeId}/0/think.${iteration}`;

export const toolPath = (askedBy: string, index: number): string => `${askedBy}/tool.${index}`;
