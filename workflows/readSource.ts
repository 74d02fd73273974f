import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';

/** Which source, and which of the times that it is read. A later time locks an earlier one out. */
export interface ReadSourceInput {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly attempt: number;
}

export interface FailSourceInput extends ReadSourceInput {
  readonly failure: { readonly code: string; readonly message: string };
}

/** What reading a source asks of the outside. Texts stay in the database. */
export interface SourceActivities {
  /** File to passages. */
  parseSource(input: ReadSourceInput): Promise<void>;
  /** Passages to vectors, batch by batch: what has one is not paid for again. Then the source is ready. */
  embedSource(input: ReadSourceInput): Promise<void>;
  failSource(input: FailSourceInput): Promise<void>;
}

const heartbeatTimeout = '5 seconds';
const retry = {
  initialInterval: '1 second',
  backoffCoefficient: 2,
  maximumInterval: '30 seconds',
  // Some minutes of a database or a model that is away; then people are told.
  maximumAttempts: 15,
} as const;

const { parseSource } = proxyActivities<Pick<SourceActivities, 'parseSource'>>({
  // The parser itself is given a minute; others may be before it.
  startToCloseTimeout: '20 minutes',
  heartbeatTimeout,
  retry,
});

const { embedSource } = proxyActivities<Pick<SourceActivities, 'embedSource'>>({
  // A thousand passages on a model that takes seconds for each.
  startToCloseTimeout: '3 hours',
  heartbeatTimeout,
  retry,
});

/** A write to our own database: never given up. */
const { failSource } = proxyActivities<Pick<SourceActivities, 'failSource'>>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** Reads one source of a knowledge base, so that what was done is kept when a machine dies. */
export async function readSource(input: ReadSourceInput): Promise<void> {
  try {
    await parseSource(input);
    await embedSource(input);
  } catch (error) {
    await failSource({ ...input, failure: toFailure(error) });
  }
}

function toFailure(error: unknown): FailSourceInput['failure'] {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && cause.type) return { code: cause.type, message: cause.message };
  return { code: 'engine.failed', message: 'Reading this file did not end in time.' };
}
