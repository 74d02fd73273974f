import { findModel, type Price, splitModel } from './models.ts';

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

const FREE: Price = { input: 0, output: 0 };
const TOKENS_A_PRICE_IS_FOR = 1_000_000;

function priceFor(name: string, inputTokens: number): Price | undefined {
  if (splitModel(name)?.provider === 'demo') return FREE;
  const model = findModel(name);
  if (!model) return undefined;
  return model.longInput && inputTokens > model.longInput.above ? model.longInput.price : model.price;
}

/**
 * What a call cost in micro-dollars, rounded up. Undefined when the model has no known price or the provider did not
 * say what it used: unknown is never shown as free.
 */
export function costMicros(model: string, usage: Usage | null | undefined): number | undefined {
  if (splitModel(model)?.provider === 'demo') return 0;
  const price = usage ? priceFor(model, usage.inputTokens) : undefined;
  if (!usage || !price) return undefined;
  const cost = usage.inputTokens * price.input + usage.outputTokens * price.output;
  return Math.ceil(cost / TOKENS_A_PRICE_IS_FOR);
}

/**
 * The most a call can cost, for reserving before it is sent. Counts a token for each character of input: no text of
 * the usual scripts has more, and input is the small part of the sum.
 */
export function worstCostMicros(
  model: string,
  inputChars: number,
  maxOutputTokens: number,
): number | undefined {
  return costMicros(model, { inputTokens: inputChars, outputTokens: maxOutputTokens });
}

// A long report is some 3,000 tokens; models that think spend several times their answer on thoughts. More is not sent
// unasked because it is also what a budget must reserve; a cut-off answer is continued anyway.
const ANSWER_TOKENS = 8_192;
const ANSWER_WITH_THOUGHT_TOKENS = 32_000;

/** How many output tokens a request allows, and a budget reserves, when nobody set a limit. */
export function defaultMaxTokens(model: string): number {
  const known = findModel(model);
  const wanted = known?.reasons ? ANSWER_WITH_THOUGHT_TOKENS : ANSWER_TOKENS;
  return Math.min(wanted, known?.maxOutputTokens ?? wanted);
}
