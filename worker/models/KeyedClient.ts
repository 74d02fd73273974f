import { ApplicationFailure } from '@temporalio/common';
import { redact, type Secret } from '../credentials/redact.ts';
import { StreamRedactor } from '../credentials/StreamRedactor.ts';
import type { LimitedKey, ProviderLimits } from '../limits/ProviderLimits.ts';
import type { ModelAnswer, ModelClient, ModelRequest, StreamOptions } from './ModelClient.ts';

export interface KeyedClientOptions {
  readonly client: ModelClient;
  readonly limits: ProviderLimits;
  readonly limited: LimitedKey;
  /** What must not come back in an answer. */
  readonly secret: Secret;
}

/** A client with a key: what it answers does not hold the key, and a provider's wish to wait holds for all who use it. */
export class KeyedClient implements ModelClient {
  readonly #options: KeyedClientOptions;

  constructor(options: KeyedClientOptions) {
    this.#options = options;
  }

  async stream(request: ModelRequest, { signal, onDelta }: StreamOptions): Promise<ModelAnswer> {
    const { client, limits, limited, secret } = this.#options;
    const secrets = [secret];
    const pieces = new StreamRedactor(secrets, onDelta);
    try {
      const answer = await client.stream(request, { signal, onDelta: (text) => pieces.add(text) });
      pieces.end();
      return redact(answer, secrets);
    } catch (error) {
      const waitMs = askedToWait(error);
      if (waitMs !== null) await limits.pause(limited, waitMs);
      throw error;
    }
  }
}

/** Only a delay of the provider's own; what it did not say each finds out by itself. */
function askedToWait(error: unknown): number | null {
  if (!(error instanceof ApplicationFailure) || error.type !== 'model.rateLimited') return null;
  return typeof error.nextRetryDelay === 'number' ? error.nextRetryDelay : null;
}
