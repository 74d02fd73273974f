import type { Sequelize, Transaction } from 'sequelize';
import type { Found, StepRequest } from '#api/database/ledger/claimStep.ts';
import type { Answer } from '#api/database/ledger/endStep.ts';
import type { LiveBus } from '#api/database/live/LiveBus.ts';
import type { ReachPoint } from './crashPoints.ts';

export interface StepDependencies {
  readonly database: Sequelize;
  readonly live: LiveBus;
  readonly reach: ReachPoint;
}

/** What a kind of step adds to the common course: what to ask, and how to ask it. */
export interface Work {
  readonly kind: 'model' | 'tool';
  /** Reads what the request needs and builds it. Runs in the transaction that claims the step. */
  prepare(found: Found, transaction: Transaction): Promise<Prepared>;
}

export interface Prepared {
  readonly request: StepRequest;
  /** Name under which the answer is kept if it is the task's. */
  readonly outputFile: string | null;
  perform(io: { signal: AbortSignal; onDelta: (text: string) => void }): Promise<Performed>;
}

export type Performed = Pick<
  Answer,
  'text' | 'toolCalls' | 'finishReason' | 'inputTokens' | 'outputTokens' | 'costMicros' | 'outcome'
>;

/** Tells followers that there are events to read. */
export function tell(live: LiveBus, { simulationId }: { simulationId: string }, seq: number | null): void {
  if (seq !== null) live.publish({ kind: 'events', simulationId, seq });
}
