import { z } from 'zod';
import type { StateWrite } from '#api/database/ledger/stateWrites.ts';
import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import { EgressBlocked } from './egress/EgressBlocked.ts';
import { EgressFailed } from './egress/EgressFailed.ts';
import { type Tool, type ToolContext, ToolProblem } from './Tool.ts';
import { tolerantJson } from './tolerantJson.ts';

/** What a model may be given to read: DESIGN keeps everything in a history or a prompt below this. */
export const MAX_RESULT_BYTES = 256_000;
const MAX_ARGUMENT_CHARS = 256_000;
const TIME_LIMIT_MS = 60_000;

export interface AskedTool {
  readonly name: string;
  /** As the model sent them. */
  readonly rawArguments: string;
  /** What the agent may use, for a hint when it asked for something else. */
  readonly usable: readonly string[];
}

export interface ToolResult {
  /** False when the call was wrong, refused or failed. A crew's policy on tool failures reads this. */
  readonly ok: boolean;
  /** What the model reads: the result, or what it did wrong. */
  readonly text: string;
  readonly writes?: readonly StateWrite[];
  /** The model called it wrongly: no failure of the tool's. */
  readonly isMisuse?: true;
  /** It wanted to go where nobody is let: worth a line in the log. */
  readonly blocked?: Pick<EgressBlocked, 'reason' | 'host'>;
}

/** A call that was understood, or the answer to one that was not. */
export type ToolCall = { readonly tool: Tool; readonly args: unknown } | { readonly refused: ToolResult };

const refusal = (text: string): ToolResult => ({ ok: false, text: cut(text) });

/**
 * Reads one tool call of a model. A tool that there is not, or that was not offered, and broken JSON are answered with a
 * text that the model can act on.
 */
export function readCall(tool: Tool | undefined, { name, rawArguments, usable }: AskedTool): ToolCall {
  if (!tool) return { refused: refusal(unknownTool(name, usable)) };
  const args = parse(rawArguments);
  if (args === undefined)
    return { refused: refusal(`The arguments of ${name} are not valid JSON. Send one JSON object.`) };
  return { tool, args };
}

/**
 * Runs a call that was read. Arguments of the wrong shape, an address that may not be opened, a server that does not
 * answer and a tool that takes too long are texts for the model. Throws only for faults of our own, and when the
 * context's signal is aborted.
 */
export async function runCall(call: ToolCall, context: ToolContext): Promise<ToolResult> {
  if ('refused' in call) return call.refused;
  const { tool, args } = call;
  context.signal.throwIfAborted();
  const patience = new Patience(context.signal, tool.timeLimitMs ?? TIME_LIMIT_MS);
  try {
    const answer = await patience.waitFor(tool.run(args, { ...context, signal: patience.signal }));
    const { text, ok = true, writes } = typeof answer === 'string' ? { text: answer } : answer;
    return { ok, text: cut(text), ...(writes && { writes }) };
  } catch (error) {
    context.signal.throwIfAborted();
    const text = inWords(error, tool);
    if (text === undefined) throw error;
    return {
      ...refusal(text),
      ...(error instanceof z.ZodError && { isMisuse: true }),
      ...(error instanceof EgressBlocked && { blocked: { reason: error.reason, host: error.host } }),
    };
  } finally {
    patience.stop();
  }
}

/** What the model reads of an error; undefined for a fault of our own. */
function inWords(error: unknown, { declaration }: Tool): string | undefined {
  if (error instanceof ToolProblem || error instanceof EgressBlocked) return error.message;
  if (error instanceof EgressFailed || error instanceof CredentialRefused) return error.message;
  if (error instanceof TookTooLong) return `${declaration.title} took too long and was stopped.`;
  if (error instanceof z.ZodError)
    return `The arguments do not fit ${declaration.name}:\n${z.prettifyError(error).slice(0, 2_000)}`;
  return undefined;
}

class TookTooLong extends Error {}

/** The end of waiting for one tool: even for one that does not listen to its signal. */
class Patience {
  readonly signal: AbortSignal;
  readonly #own = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(outer: AbortSignal, ms: number) {
    this.signal = AbortSignal.any([outer, this.#own.signal]);
    this.#timer = setTimeout(() => this.#own.abort(new TookTooLong()), ms);
  }

  async waitFor<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    const over = Promise.withResolvers<never>();
    const end = () => over.reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    try {
      return await Promise.race([work, over.promise]);
    } catch (error) {
      // What a tool throws when it is stopped is not why it was stopped.
      throw this.#own.signal.aborted ? this.#own.signal.reason : error;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

function unknownTool(name: string, usable: readonly string[]): string {
  const hint = usable.length > 0 ? `You can use: ${usable.join(', ')}.` : 'Answer without tools.';
  return `There is no tool named "${name.slice(0, 100)}". ${hint}`;
}

/** Undefined for what is no JSON even with good will. Models send nothing at all for a tool without arguments. */
function parse(raw: string): unknown {
  if (raw.length > MAX_ARGUMENT_CHARS) return undefined;
  if (raw.trim() === '') return {};
  return tolerantJson(raw);
}

/** Cuts by bytes, never through a character, and says so. */
function cut(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= MAX_RESULT_BYTES) return text;
  const note = `\n[cut: the result had ${bytes.length} bytes]`;
  const kept = bytes.subarray(0, MAX_RESULT_BYTES - note.length);
  return new TextDecoder().decode(kept, { stream: true }) + note;
}
