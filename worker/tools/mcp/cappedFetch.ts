import { EgressFailed } from '../egress/EgressFailed.ts';

/** Of one answer, a stream of events too. Longer ones are hung up on: the SDK would collect them without end. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Hands answers on as they come, and breaks off what is too long. */
export const cappedFetch =
  (fetch: typeof globalThis.fetch, mostBytes = MOST_BYTES): typeof globalThis.fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    if (!response.body) return response;
    let left = mostBytes;
    const cap = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, sink) {
        left -= chunk.length;
        if (left < 0) sink.error(new EgressFailed('The tool server’s answer is too long.'));
        else sink.enqueue(chunk);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(cap), { status, statusText, headers });
  };
