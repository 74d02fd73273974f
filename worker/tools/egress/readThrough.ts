import { EgressBlocked } from './EgressBlocked.ts';
import { asEgressFailed, tookTooLong } from './EgressFailed.ts';
import { type HeaderList, sendable, withoutBody, withoutSecrets } from './headers.ts';

const TOTAL_MS = 30_000;
const MOST_BYTES = 5 * 1024 * 1024;
const MOST_REDIRECTS = 3;
const MOST_RESPONSE_HEADERS = 100;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface EgressRequest {
  readonly url: string;
  readonly method?: string;
  /** As somebody outside wrote them; what may not be sent is left out. */
  readonly headers?: HeaderList;
  readonly body?: string;
  /**
   * A secret for one origin: added to requests to that origin alone, whatever the address says or redirects to.
   */
  readonly secret?: { readonly origin: string; readonly header: string; readonly value: string };
  readonly signal: AbortSignal;
  readonly maxBytes?: number;
  readonly totalMs?: number;
}

export interface EgressResponse {
  /** Where the answer came from in the end. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The answer was longer than `maxBytes`; the rest was not read. */
  readonly isCut: boolean;
}

interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: HeaderList;
  readonly body: string | undefined;
}

/** Sends a request, follows what it redirects to, and reads the answer to its end or its limit. */
export async function readThrough(
  fetch: typeof globalThis.fetch,
  request: EgressRequest,
): Promise<EgressResponse> {
  if (!URL.canParse(request.url)) throw new EgressBlocked('url');
  const late = AbortSignal.timeout(request.totalMs ?? TOTAL_MS);
  const signal = AbortSignal.any([request.signal, late]);
  try {
    return await followed(fetch, { ...request, signal });
  } catch (error) {
    request.signal.throwIfAborted();
    if (late.aborted) throw tookTooLong();
    throw error instanceof EgressBlocked ? error : asEgressFailed(error);
  }
}

async function followed(fetch: typeof globalThis.fetch, request: EgressRequest): Promise<EgressResponse> {
  const { signal, secret, maxBytes = MOST_BYTES } = request;
  let hop: Hop = {
    url: new URL(request.url),
    method: (request.method ?? 'GET').toUpperCase(),
    headers: sendable(request.headers ?? {}),
    body: request.body,
  };
  for (let redirects = 0; ; redirects += 1) {
    const { url, method, body } = hop;
    const headers =
      secret?.origin === url.origin ? { ...hop.headers, [secret.header]: secret.value } : hop.headers;
    const response = await fetch(url, { method, headers, body, signal });
    const next = nextHop(hop, response);
    if (!next) return { url: url.href, ...(await readBody(response, maxBytes)) };
    await response.body?.cancel();
    if (redirects === MOST_REDIRECTS) throw new EgressBlocked('redirects');
    hop = next;
  }
}

/** Where an answer sends us on to, as browsers have it; undefined when it is the answer. */
function nextHop(hop: Hop, { status, headers }: Response): Hop | undefined {
  const location = headers.get('location');
  if (!REDIRECTS.has(status) || location === null) return undefined;
  if (!URL.canParse(location, hop.url)) throw new EgressBlocked('url');
  const url = new URL(location, hop.url);
  const isSame = url.origin === hop.url.origin;
  const keeps = status === 307 || status === 308;
  // Another origin was never meant to have what was written for the first.
  if (keeps && !isSame && hop.body !== undefined) throw new EgressBlocked('redirects');
  const asGet = !keeps && hop.method !== 'HEAD';
  const kept = isSame ? hop.headers : withoutSecrets(hop.headers);
  return asGet
    ? { url, method: 'GET', headers: withoutBody(kept), body: undefined }
    : { url, method: hop.method, headers: kept, body: hop.body };
}

async function readBody(
  response: Response,
  maxBytes: number,
): Promise<Pick<EgressResponse, 'status' | 'headers' | 'body' | 'isCut'>> {
  const { status } = response;
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isCut = false;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    const room = maxBytes - length;
    chunks.push(value.subarray(0, room));
    length += Math.min(value.length, room);
    if (value.length > room) {
      isCut = true;
      // Ends the connection: whoever sends 80 MB is not waited for.
      await reader.cancel();
      break;
    }
  }
  return { status, headers: firstHeaders(response.headers), body: Buffer.concat(chunks), isCut };
}

const firstHeaders = (headers: Headers): Headers => new Headers([...headers].slice(0, MOST_RESPONSE_HEADERS));
