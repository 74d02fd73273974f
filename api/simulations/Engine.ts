import type { AnswerInput, CommandInput, RunInput } from '#workflows/activities.ts';
import type { CheckToolServerInput } from '#workflows/checkToolServer.ts';
import type { EmbedQuestionInput } from '#workflows/embedQuestion.ts';
import type { ControlPlan } from '#workflows/plan.ts';
import type { ReadSourceInput } from '#workflows/readSource.ts';

export type CommandKind = 'pause' | 'resume' | 'cancel';

/** What the engine knows of a simulation. `failing`: its worker cannot go on, for example after a bad deploy. */
export type EngineState = 'running' | 'failing' | 'closed' | 'missing';

/** What runs simulations. Each call ends in a bounded time, with EngineUnavailable when nothing answers. */
export interface Engine {
  /**
   * Starts a run, harmlessly when the same one was started before. `busy`: an earlier epoch of the simulation has
   * not closed yet. Throws EngineRefused when it never will start.
   */
  start(input: RunInput, plan: ControlPlan): Promise<'started' | 'busy'>;
  /** Hands a command over; the same `seq` twice is one. `gone`: nothing runs that could obey. */
  send(simulationId: string, kind: CommandKind, command: CommandInput): Promise<'delivered' | 'gone'>;
  /** Hands over what a person answered to the workflow that waits for it; twice is once. */
  answer(workflowId: string, requestId: string, answer: AnswerInput): Promise<'delivered' | 'gone'>;
  inspect(simulationId: string): Promise<EngineState>;
  /** Stops a run whose rows are gone. Best effort: never throws. */
  abandon(simulationId: string): Promise<void>;
  /** Has a source of a knowledge base read; the same attempt twice is once. */
  readSource(input: ReadSourceInput): Promise<void>;
  /** Has a tool server looked at and waits for that, or for half a minute. */
  checkToolServer(input: CheckToolServerInput): Promise<void>;
  /** Has a question embedded and waits for that, or for a while. */
  embedQuestion(input: EmbedQuestionInput): Promise<void>;
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

/** Nothing was changed, or it is not known whether: asking again is right. */
export class EngineUnavailable extends Error {
  constructor(cause?: unknown) {
    super('The engine does not answer', { cause });
    this.name = 'EngineUnavailable';
  }
}

/** Asking again would be refused again. */
export class EngineRefused extends Error {
  constructor(cause: unknown) {
    super('The engine refuses this simulation', { cause });
    this.name = 'EngineRefused';
  }
}
