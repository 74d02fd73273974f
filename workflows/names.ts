/** Names that stand in Temporal's histories: they never change. */
export const WORKFLOW_TYPE = 'runSimulation';
/** Workflow tasks and activities share one queue so that activities start eagerly on the worker that asked. */
export const TASK_QUEUE = 'troupe';
export const UPDATES = { pause: 'pause', resume: 'resume', cancel: 'cancel' } as const;

/** One workflow id a simulation, whatever its epoch: Temporal then refuses two at once. */
export const workflowIdOf = (simulationId: string): string => `simulation:${simulationId}`;
export const simulationIdOf = (workflowId: string): string => workflowId.slice('simulation:'.length);
