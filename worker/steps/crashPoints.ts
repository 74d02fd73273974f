/** Where a crash test may kill the worker: the moments between which something is lost or kept. */
type CrashPoint = 'beforeCall' | 'answerReceived' | 'recorded';

/**
 * Called at each point. Outside crash tests it does nothing; a test kills the process from outside while it is
 * held here, so that what is tested is a real SIGKILL.
 */
export type ReachPoint = (point: CrashPoint, path: string) => Promise<void>;

export const reachNothing: ReachPoint = async () => {};
