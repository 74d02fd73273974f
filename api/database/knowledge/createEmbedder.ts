import { z } from 'zod';
import { USUAL_EMBEDDING_MODEL } from '#workflows/catalogue/embeddings.ts';
import { EmbeddingFailed, refusedWith } from './EmbeddingFailed.ts';

/** Turns texts into vectors whose nearness is that of their meanings. */
export interface Embedder {
  /** Names the model wherever its vectors are kept: those of two names are never compared. */
  readonly model: string;
  /** As lists of prices call it; null when nothing is known of its price. */
  readonly pricedAs: string | null;
  /** One vector of length 1 for each text, in order. Throws EmbeddingFailed. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Embedded>;
}

/** The operator's, which may be asked from api and worker alike. */
export interface OperatorEmbedder extends Embedder {
  /** OpenAI itself answers, so that its name means the model that everybody knows by it. */
  readonly isOfficial: boolean;
}

export interface Embedded {
  readonly vectors: readonly (readonly number[])[];
  /** Null when the server does not say. */
  readonly inputTokens: number | null;
}

const optional = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z.string().max(2_000).optional(),
);

/** The operator's embedding model, as api and worker read it from their environment. */
export const embeddingEnv = {
  /** `none` turns vectors off: knowledge is then found by its words. */
  EMBEDDING_MODEL: optional,
  /** Of any server that speaks OpenAI's embeddings; the model provider's unless said. */
  EMBEDDING_BASE_URL: optional.pipe(z.url({ protocol: /^https?$/ }).optional()),
  EMBEDDING_API_KEY: optional,
};
const EmbeddingEnv = z.object(embeddingEnv);

export type EmbedderSettings = z.infer<typeof EmbeddingEnv> & {
  readonly OPENAI_API_KEY?: string | undefined;
  readonly OPENAI_BASE_URL?: string | undefined;
  readonly OPERATOR_MODELS?: string | undefined;
};

const OFFICIAL = 'https://api.openai.com/v1';

/** Null when there is none: nobody named a model, and no key says that OpenAI's may be used by everybody. */
export function createEmbedder(
  env: EmbedderSettings,
  fetch: typeof globalThis.fetch,
): OperatorEmbedder | null {
  const baseUrl = env.EMBEDDING_BASE_URL ?? env.OPENAI_BASE_URL ?? OFFICIAL;
  const apiKey = env.EMBEDDING_API_KEY ?? env.OPENAI_API_KEY;
  const isOfficial = baseUrl === OFFICIAL;
  // Another server than OpenAI's may have no embeddings at all, and a key that only some may use is not for this.
  const isUsual = isOfficial && apiKey !== undefined && env.OPERATOR_MODELS !== 'none';
  const model = env.EMBEDDING_MODEL ?? (isUsual ? USUAL_EMBEDDING_MODEL : 'none');
  if (model === 'none') return null;
  const at = { baseUrl, apiKey, model, fetch };
  return {
    model,
    pricedAs: model,
    isOfficial,
    embed: (texts, signal) => embedAt(at, texts, signal),
  };
}

/** A server that speaks OpenAI's embeddings. */
export interface EmbeddingPlace {
  /** OpenAI's own when left out. */
  readonly baseUrl?: string | undefined;
  readonly apiKey: string | undefined;
  /** As the server calls it. */
  readonly model: string;
  /** The guarded one. It follows no redirect. */
  readonly fetch: typeof globalThis.fetch;
}

/** Has texts embedded there. Throws EmbeddingFailed. */
export async function embedAt(
  { baseUrl = OFFICIAL, apiKey, model, fetch }: EmbeddingPlace,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<Embedded> {
  const url = `${baseUrl.replace(/\/$/, '')}/embeddings`;
  const headers = {
    'content-type': 'application/json',
    ...(apiKey && { authorization: `Bearer ${apiKey}` }),
  };
  const body = JSON.stringify({ model, input: texts, encoding_format: 'float' });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]);
  const answer = await send(() => fetch(url, { method: 'POST', headers, body, signal: limit }), signal);
  return readVectors(answer, texts.length);
}

/** For a batch of long texts on a slow machine. */
const TIME_LIMIT_MS = 120_000;

async function send(request: () => Promise<Response>, signal: AbortSignal): Promise<unknown> {
  try {
    const response = await request();
    if (response.ok) return JSON.parse(await readAtMost(response));
    await response.body?.cancel();
    throw refusedWith(response);
  } catch (error) {
    if (error instanceof EmbeddingFailed || signal.aborted) throw error;
    throw new EmbeddingFailed(error instanceof SyntaxError ? 'embedding.badAnswer' : 'embedding.unavailable');
  }
}

const MOST_DIMENSIONS = 8_192;
/** A batch of 32 vectors of so many numbers has some six million. */
const MOST_BYTES = 32_000_000;

/** The server may be anybody's, and send anything without end. */
async function readAtMost({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    if (bytes > MOST_BYTES) throw new EmbeddingFailed('embedding.badAnswer');
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

const Answer = z.object({
  data: z.array(
    z.object({ index: z.int().optional(), embedding: z.array(z.number()).min(1).max(MOST_DIMENSIONS) }),
  ),
  usage: z.object({ prompt_tokens: z.int().min(0) }).nullish(),
});

function readVectors(given: unknown, count: number): Embedded {
  const answer = Answer.safeParse(given);
  if (!answer.success || answer.data.data.length !== count) throw new EmbeddingFailed('embedding.badAnswer');
  const { data, usage } = answer.data;
  const ordered = data.map((item, place) => ({ place: item.index ?? place, vector: item.embedding }));
  ordered.sort((a, b) => a.place - b.place);
  return {
    vectors: ordered.map(({ vector }) => normalised(vector)),
    inputTokens: usage?.prompt_tokens ?? null,
  };
}

/** Of length 1, so that the cosine of two is their product. */
function normalised(vector: readonly number[]): readonly number[] {
  const length = Math.hypot(...vector);
  if (!Number.isFinite(length) || length === 0) throw new EmbeddingFailed('embedding.badAnswer');
  return vector.map((value) => value / length);
}
