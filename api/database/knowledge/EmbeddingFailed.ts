export type EmbeddingFailure =
  | 'embedding.rateLimited'
  | 'embedding.unavailable'
  | 'embedding.refusedKey'
  | 'embedding.notFound'
  | 'embedding.badRequest'
  | 'embedding.badAnswer';

const SENTENCES: Readonly<Record<EmbeddingFailure, string>> = {
  'embedding.rateLimited': 'The embedding model is asked too often for now.',
  'embedding.unavailable': 'The embedding model cannot be reached.',
  'embedding.refusedKey': 'The embedding model does not accept its key.',
  'embedding.notFound': 'The embedding model is not known to its server.',
  'embedding.badRequest': 'The embedding model cannot work with these texts.',
  'embedding.badAnswer': 'The embedding model sent something that are no vectors.',
};

const RETRYABLE: ReadonlySet<EmbeddingFailure> = new Set([
  'embedding.rateLimited',
  'embedding.unavailable',
  'embedding.badAnswer',
]);

/** Why there are no vectors. The sentence is ours: servers quote keys and texts in theirs. */
export class EmbeddingFailed extends Error {
  readonly code: EmbeddingFailure;
  /** As the server said. */
  readonly retryAfterMs: number | undefined;

  constructor(code: EmbeddingFailure, retryAfterMs?: number) {
    super(SENTENCES[code]);
    this.name = 'EmbeddingFailed';
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  get isRetryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

const BY_STATUS = new Map<number, EmbeddingFailure>([
  [401, 'embedding.refusedKey'],
  [402, 'embedding.refusedKey'],
  [403, 'embedding.refusedKey'],
  [404, 'embedding.notFound'],
  [408, 'embedding.unavailable'],
  [429, 'embedding.rateLimited'],
]);

const LONGEST_WAIT_MS = 300_000;

export function refusedWith({ status, headers }: Response): EmbeddingFailed {
  const seconds = Number(headers.get('retry-after'));
  const wait = seconds > 0 ? Math.min(seconds * 1_000, LONGEST_WAIT_MS) : undefined;
  const other = status >= 500 ? 'embedding.unavailable' : 'embedding.badRequest';
  return new EmbeddingFailed(BY_STATUS.get(status) ?? other, wait);
}
