import { createHash } from 'node:crypto';
import type { CallRecord, Reply } from './script.ts';

export interface Answer {
  readonly id: string;
  readonly model: string;
  /** In the pieces it is streamed in. */
  readonly pieces: readonly string[];
  readonly text: string;
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly finish: 'stop' | 'length' | 'filter' | 'tools';
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
}

const WORDS =
  'the crew looks at each part in turn and writes down what it found so that the next task can build on it with a clear plan for the work ahead'.split(
    ' ',
  );
const CHARS_A_TOKEN = 4;
const DEFAULT_PIECES = 8;

/** The same prompt always gets the same text, another prompt another one: its hash is its first word. */
export function textFor(prompt: string, length: number): string {
  const hash = createHash('sha1').update(prompt).digest('hex');
  const words = [`Answer ${hash.slice(0, 12)}:`];
  let size = words.join('').length;
  for (let index = 0; size < length; index += 1) {
    const word = WORDS[Number.parseInt(hash[index % hash.length] ?? '0', 16) + (index % 13)] ?? 'the';
    words.push(word);
    size += word.length + 1;
  }
  return `${words.join(' ')}.`;
}

export function splitText(text: string, count: number): string[] {
  const size = Math.max(1, Math.ceil(text.length / count));
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
  return pieces;
}

export function answerFor(call: CallRecord, reply: Reply, defaultLength: number): Answer {
  const calls = reply.toolCalls ?? [];
  const text = reply.text ?? (calls.length > 0 ? '' : textFor(call.prompt, reply.length ?? defaultLength));
  const toolCalls = calls.map(({ name, arguments: args }, index) => ({
    id: `call_${call.n}_${index}`,
    name,
    arguments: typeof args === 'string' ? args : JSON.stringify(args),
  }));
  const written =
    text.length + toolCalls.reduce((sum, { name, arguments: args }) => sum + name.length + args.length, 0);
  const estimate = {
    inputTokens: Math.ceil(call.prompt.length / CHARS_A_TOKEN) + 1,
    outputTokens: Math.ceil(written / CHARS_A_TOKEN) + 1,
  };
  return {
    id: `answer-${call.n}`,
    model: call.model,
    text,
    pieces: splitText(text, reply.chunks?.count ?? DEFAULT_PIECES),
    toolCalls,
    finish: reply.finish ?? (toolCalls.length > 0 ? 'tools' : 'stop'),
    usage: reply.usage === undefined ? estimate : reply.usage,
  };
}
