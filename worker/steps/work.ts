import type { Ledger, LedgerTransaction } from '#api/database/Ledger.ts';
import type { Found, StepRequest } from '#api/database/ledger/claimStep.ts';
import type { Answer } from '#api/database/ledger/endStep.ts';
import type { StoredText } from '#api/database/ledger/stored.ts';
import type { LiveBus } from '#api/database/live/LiveBus.ts';
import type { Closing } from '#workflows/activities.ts';
import type { CredentialSource } from '../credentials/CredentialSource.ts';
import type { ProviderLimits } from '../limits/ProviderLimits.ts';
import type { TurnLimit } from '../limits/takeTurn.ts';
import type { ModelClients } from '../models/createModelClients.ts';
import type { ReachPoint } from './crashPoints.ts';
import type { Known } from './Known.ts';

export interface StepDependencies {
  readonly ledger: Ledger;
  readonly live: LiveBus;
  readonly reach: ReachPoint;
  readonly known: Known;
  readonly credentials: CredentialSource;
  readonly models: ModelClients;
  readonly providerLimits: ProviderLimits;
}

/** What a kind of step adds to the common course: what to ask, and how to ask it. */
export interface Work<Read> {
  readonly kind: StepRequest['kind'];
  /** Reads what is known to be needed, beside the step itself, in the transaction that claims it. */
  read(transaction: LedgerTransaction): Promise<Read>;
  /** Builds the request from what was read, and may read more. */
  prepare(found: Found, read: Read, transaction: LedgerTransaction): Promise<Prepared>;
}

export interface Prepared {
  readonly request: StepRequest;
  /** Name under which the answer is kept if it is the task's. */
  readonly outputFile: string | null;
  /** Of a step that may accept an answer given before: where that is. */
  readonly accepts?: AcceptedText;
  /** How many may be sent in a minute. */
  readonly turn?: TurnLimit;
  /** Attempts at the provider that may fail before the step does, and whether another model would be asked then. */
  readonly patience?: Patience;
  /** What is said with it if it is the last one. */
  readonly closing: Closing | null;
  perform(io: { signal: AbortSignal; onDelta: (text: string) => void }): Promise<Performed>;
}

interface AcceptedText {
  readonly path: string;
  readonly stored: StoredText;
}

export interface Patience {
  readonly attempts: number;
  readonly hasOtherModel: boolean;
}

export type Performed = Pick<
  Answer,
  | 'text'
  | 'said'
  | 'problem'
  | 'accepts'
  | 'toolCalls'
  | 'finishReason'
  | 'inputTokens'
  | 'outputTokens'
  | 'costMicros'
  | 'outcome'
  | 'writes'
>;

/** Tells followers that there are events to read. */
export function tell(live: LiveBus, { simulationId }: { simulationId: string }, seq: number | null): void {
  if (seq !== null) live.publish({ kind: 'events', simulationId, seq });
}
