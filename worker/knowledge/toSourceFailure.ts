import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { FileGone } from '#api/database/fileStore/FileStore.ts';
import { EmbeddingFailed } from '#api/database/knowledge/EmbeddingFailed.ts';
import { ParseProblem } from './parse/ParseProblem.ts';

/** What the history keeps of an error: a code and a sentence of ours, never a text of the source. */
export function toSourceFailure(error: unknown): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof ParseProblem) return ApplicationFailure.nonRetryable(error.message, error.code);
  if (error instanceof FileGone)
    return ApplicationFailure.nonRetryable('The file is not in the store any more.', 'source.gone');
  if (error instanceof EmbeddingFailed) return embeddingFailure(error);
  return ApplicationFailure.create({
    type: 'engine.database',
    message: 'The database or the file store could not be reached; reading goes on later.',
  });
}

export const embeddingFailure = ({ code, message, isRetryable, retryAfterMs }: EmbeddingFailed) =>
  ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: !isRetryable,
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
  });
