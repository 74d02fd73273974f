import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

export interface EmbeddingServer {
  /** As OpenAI's: `/embeddings` is below it. */
  readonly baseUrl: string;
  /** Every text that was embedded, in order. */
  readonly embedded: string[];
  /** With which model and key each request came. */
  readonly asked: { readonly model: string; readonly key: string }[];
  /** What the next requests are answered with instead, one after another. */
  readonly refusals: { status: number; retryAfter?: string }[];
  stop(): Promise<void>;
}

const DIMENSIONS = 128;
const Request = z.object({
  model: z.string(),
  input: z.array(z.string()),
  encoding_format: z.literal('float'),
});

/** Words that mean the same here, as they would to a real model. */
const SAME = new Map([
  ['weight', 'load'],
  ['kilograms', 'load'],
  ['bear', 'carries'],
  ['hatch', 'trapdoor'],
  ['advance', 'deposit'],
]);

/**
 * Stands in for an embedding model, on loopback: texts with many words in common are near each other, and a few words
 * mean the same as others.
 */
export async function startEmbeddingServer(): Promise<EmbeddingServer> {
  const embedded: string[] = [];
  const asked: EmbeddingServer['asked'] = [];
  const refusals: EmbeddingServer['refusals'] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const refusal = refusals.shift();
    if (refusal) {
      response.writeHead(refusal.status, refusal.retryAfter ? { 'retry-after': refusal.retryAfter } : {});
      response.end('{"error":{"message":"not now: sk-secret"}}');
      return;
    }
    const { input, model } = Request.parse(JSON.parse(body));
    asked.push({ model, key: request.headers.authorization?.replace('Bearer ', '') ?? '' });
    embedded.push(...input);
    const data = input.map((each, index) => ({ index, embedding: embed(each) }));
    const usage = { prompt_tokens: input.reduce((sum, each) => sum + Math.ceil(each.length / 4), 0) };
    response.writeHead(200, { 'content-type': 'application/json' });
    // In any order: the index says which is which.
    response.end(JSON.stringify({ data: data.reverse(), usage }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no address');
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    embedded,
    asked,
    refusals,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function embed(given: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const [word] of given.toLowerCase().matchAll(/[\p{L}\p{N}]{3,}/gu)) {
    const place = hash(SAME.get(word) ?? word) % DIMENSIONS;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  vector[0] = (vector[0] ?? 0) + 0.01;
  return vector;
}

const hash = (word: string): number =>
  [...word].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0, 7);
