import type { FinishReason, ModelAnswer, ModelToolCall, ModelUsage } from './ModelClient.ts';
import { ModelFault, TOO_LONG, TOO_MANY_TOOL_CALLS } from './ModelFault.ts';

/** Text and tool arguments of one answer together. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
export const MAX_TOOL_CALLS = 128;
// Local servers give the whole path of their weights.
const MAX_MODEL_NAME = 200;

interface ToolCallPiece {
  readonly id?: string | null;
  readonly name?: string | null;
  readonly arguments?: string;
}

interface OpenToolCall {
  id: string;
  name: string;
  arguments: string;
}

const HIGH_SURROGATE = /[\ud800-\udbff]$/;

/** Joins the pieces of an answer, and stops one that never ends. */
export class AnswerBuilder {
  readonly #onDelta: (text: string) => void;
  readonly #calls = new Map<string | number, OpenToolCall>();
  #text = '';
  #bytes = 0;
  /** The first half of a character whose second half comes with the next piece. */
  #held = '';

  constructor(onDelta: (text: string) => void) {
    this.#onDelta = onDelta;
  }

  addText(piece: string): void {
    if (piece === '') return;
    this.#count(piece);
    const text = this.#held + piece;
    this.#held = HIGH_SURROGATE.exec(text)?.[0] ?? '';
    this.#emit(text.slice(0, text.length - this.#held.length));
  }

  /** Pieces with the same key belong to one call. An id or name that is already known is not added again. */
  addToolCall(key: string | number, piece: ToolCallPiece): void {
    const call = this.#calls.get(key) ?? this.#openCall(key);
    call.id ||= piece.id ?? '';
    call.name ||= piece.name ?? '';
    if (!piece.arguments) return;
    this.#count(piece.arguments);
    call.arguments += piece.arguments;
  }

  build(end: { finishReason: FinishReason; usage: ModelUsage | null; model: string }): ModelAnswer {
    this.#emit(this.#held);
    this.#held = '';
    const toolCalls = [...this.#calls.values()].map(
      (call, index): ModelToolCall => ({ ...call, id: call.id || `call_${index}` }),
    );
    // Some servers say `stop` whatever happened; an answer that was cut off keeps its reason.
    const finishReason =
      toolCalls.length > 0 && end.finishReason === 'stop' ? 'tool_calls' : end.finishReason;
    return {
      text: this.#text,
      toolCalls,
      finishReason,
      usage: end.usage,
      model: end.model.slice(0, MAX_MODEL_NAME),
    };
  }

  #openCall(key: string | number): OpenToolCall {
    if (this.#calls.size >= MAX_TOOL_CALLS) throw new ModelFault(TOO_MANY_TOOL_CALLS);
    const call = { id: '', name: '', arguments: '' };
    this.#calls.set(key, call);
    return call;
  }

  #emit(text: string): void {
    if (text === '') return;
    this.#text += text;
    this.#onDelta(text);
  }

  #count(piece: string): void {
    this.#bytes += Buffer.byteLength(piece);
    if (this.#bytes > MAX_ANSWER_BYTES) throw new ModelFault(TOO_LONG);
  }
}

/** Null for what cannot be a count. Nothing read and nothing written is a server that does not count. */
export function usageFrom(input: unknown, output: unknown): ModelUsage | null {
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  if (!isCount(input) || !isCount(output) || input + output === 0) return null;
  return { inputTokens: input, outputTokens: output };
}

/** Arguments as an object, to send a call back to a provider: some refuse a request that repeats broken JSON. */
export function readableArguments(raw: string): Record<string, unknown> {
  if (raw.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through: the model sees what it sent, beside the tool's complaint.
  }
  return { unreadable: raw };
}
