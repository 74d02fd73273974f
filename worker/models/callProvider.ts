import { AsyncLocalStorage } from 'node:async_hooks';
import type { Provider } from '#workflows/catalogue/models.ts';
import { CallWatch } from './CallWatch.ts';
import type { ModelAnswer, ModelRequest } from './ModelClient.ts';
import { type TimeLimits, timeLimits } from './timeLimits.ts';
import { toFailure } from './toFailure.ts';

export interface ClientOptions {
  readonly apiKey: string;
  /** The provider's own when left out. */
  readonly baseUrl?: string;
  readonly fetch: typeof globalThis.fetch;
  readonly limits?: (request: ModelRequest) => TimeLimits;
}

const watches = new AsyncLocalStorage<CallWatch>();

/** Reads through the watch of the call that it belongs to: making an SDK's client for each call takes longer than that. */
const watchedFetch: typeof globalThis.fetch = (input, init) => {
  const watch = watches.getStore();
  if (!watch) throw new Error('A model was asked outside of a call');
  return watch.fetch(input, init);
};

/** Given to both SDKs. */
export const SDK_OPTIONS = {
  fetch: watchedFetch,
  maxRetries: 0,
  // The watch has its own limits, all of them below Node's.
  timeout: 2 ** 31 - 1,
  // What they log quotes the stream.
  logLevel: 'off',
  // A redirect would carry the conversation to an address that nobody chose.
  fetchOptions: { redirect: 'manual' },
} as const;

export interface ProviderCall {
  readonly provider: Provider;
  /** How people call who is asked. */
  readonly title: string;
  readonly request: ModelRequest;
  readonly signal: AbortSignal;
  readonly options: ClientOptions;
}

/** Runs one call under a watch, and sorts what goes wrong. Rejects with the signal's reason when it was aborted. */
export async function callProvider(
  { provider, title, request, signal, options }: ProviderCall,
  receive: (watch: CallWatch) => Promise<ModelAnswer>,
): Promise<ModelAnswer> {
  const { fetch, limits = timeLimits } = options;
  const watch = new CallWatch({ limits: limits(request), signal, fetch });
  try {
    return await watches.run(watch, () => receive(watch));
  } catch (error) {
    const reason = watch.explain(error);
    if (signal.aborted) throw reason;
    throw toFailure(reason, { provider, model: request.model, title });
  } finally {
    watch.stop();
  }
}
