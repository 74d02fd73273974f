/** Micro-dollars for a million tokens (developers.openai.com/api/docs/pricing, on `PRICES_AS_OF`). */
const PRICES = new Map([
  ['text-embedding-3-small', 20_000],
  ['text-embedding-3-large', 130_000],
  ['text-embedding-ada-002', 100_000],
]);
const TOKENS_A_PRICE_IS_FOR = 1_000_000;

/** What embedding so many tokens costs in micro-dollars, rounded up. Undefined for a model without a known price. */
export function embeddingCostMicros(model: string, tokens: number): number | undefined {
  const price = PRICES.get(model);
  return price === undefined ? undefined : Math.ceil((tokens * price) / TOKENS_A_PRICE_IS_FOR);
}

/** OpenAI's, for keys that say nothing else. */
export const USUAL_EMBEDDING_MODEL = 'text-embedding-3-small';
