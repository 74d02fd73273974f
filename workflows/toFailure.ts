import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { Failure } from './graph/eventSchema.ts';

/** A node that failed for a reason that no step of its own told. */
export class NodeFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'NodeFailure';
    this.failure = failure;
  }
}

/** The activity's own failure where there is one: its type is our code, its message a sentence. */
export function toFailure(error: unknown): Failure {
  if (error instanceof NodeFailure) return error.failure;
  const cause = error instanceof ActivityFailure ? error.cause : error;
  const path = error instanceof ActivityFailure ? (error.activityId ?? null) : pathIn(cause);
  if (cause instanceof ApplicationFailure && cause.type)
    return { code: cause.type, message: cause.message, path };
  return { code: 'engine.failed', message: 'The step did not end in time.', path };
}

/** A task that ends for a reason of its own names the step that it ended with. */
function pathIn(cause: unknown): string | null {
  const [details] = cause instanceof ApplicationFailure ? (cause.details ?? []) : [];
  const path: unknown = typeof details === 'object' && details !== null ? Reflect.get(details, 'path') : null;
  return typeof path === 'string' ? path : null;
}
