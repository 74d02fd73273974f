import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { calculate } from '../tools/calculator.ts';
import { demoJson } from './demoJson.ts';
import { demoText, taskOf } from './demoText.ts';
import type {
  ModelAnswer,
  ModelClient,
  ModelMessage,
  ModelRequest,
  ModelToolCall,
  StreamOptions,
} from './ModelClient.ts';

export interface DemoOptions {
  /** How long an answer takes to appear. */
  readonly answerMs?: number;
}

// Long enough to see that it streams, short enough not to wait for.
const ANSWER_MS = 1_500;
const PIECES = 50;
const CHARS_A_TOKEN = 4;
/** What each text of a JSON answer says. */
const DEMO_WORDS = 'A text of the demo model. Choose a real model to read a real one here.';

/**
 * Stands in for a model where there is no key: deterministic, free, asks nobody, and says what it is in every answer.
 * It really uses the calculator and the clock when it is offered them and the task gives it a reason.
 */
export class DemoClient implements ModelClient {
  readonly #answerMs: number;

  constructor({ answerMs = ANSWER_MS }: DemoOptions = {}) {
    this.#answerMs = answerMs;
  }

  async stream(request: ModelRequest, { signal, onDelta }: StreamOptions): Promise<ModelAnswer> {
    signal.throwIfAborted();
    const answer = demoAnswer(request);
    const pieces = piecesOf(answer.text);
    for (const piece of pieces) {
      if (this.#answerMs > 0) await pause(this.#answerMs / pieces.length, signal);
      onDelta(piece);
    }
    return answer;
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal });
  } catch {
    throw signal.reason;
  }
}

function piecesOf(text: string): string[] {
  const words = text.match(/\s*\S+\s*/g) ?? [];
  const size = Math.max(1, Math.ceil(words.length / PIECES));
  const pieces: string[] = [];
  for (let at = 0; at < words.length; at += size) pieces.push(words.slice(at, at + size).join(''));
  return pieces;
}

/** The same request always gets the same answer. */
export function demoAnswer({ model, messages, tools, parameters, schema }: ModelRequest): ModelAnswer {
  const seed = createHash('sha256')
    .update(JSON.stringify(messages.map(({ role, content }) => [role, content])))
    .digest();
  const toolCalls = toolCallsFor(
    messages,
    new Set(tools.map(({ name }) => name)),
    seed.toString('hex', 0, 4),
  );
  const words = () => (schema ? demoJson(schema, DEMO_WORDS) : demoText(messages, seed));
  const whole = toolCalls.length > 0 ? '' : words();
  const limit = (parameters.maxTokens ?? Number.POSITIVE_INFINITY) * CHARS_A_TOKEN;
  const text = whole.slice(0, limit);
  const finish = text.length < whole.length ? 'length' : 'stop';
  const written = text + toolCalls.map((call) => call.name + call.arguments).join('');
  return {
    text,
    toolCalls,
    finishReason: toolCalls.length > 0 ? 'tool_calls' : finish,
    usage: {
      inputTokens: tokens(messages.map(({ content }) => content).join('\n')),
      outputTokens: tokens(written),
    },
    model,
  };
}

const tokens = (text: string) => Math.ceil(text.length / CHARS_A_TOKEN);

/** Once in a conversation: what the tools said is then in it. */
function toolCallsFor(messages: readonly ModelMessage[], offered: Set<string>, id: string): ModelToolCall[] {
  if (messages.some(({ role }) => role === 'tool')) return [];
  const task = taskOf(messages);
  const wanted: Omit<ModelToolCall, 'id'>[] = [];
  const expression = offered.has('calculator') && findArithmetic(task);
  if (expression) wanted.push({ name: 'calculator', arguments: JSON.stringify({ expression }) });
  if (offered.has('current_time') && /\b(today|current (date|time|year)|what time)\b/i.test(task)) {
    wanted.push({ name: 'current_time', arguments: '{}' });
  }
  return wanted.map((call, index) => ({ id: `demo_${id}_${index}`, ...call }));
}

/**
 * The first thing in a text that can be worked out. Dates, ranges and "24/7" are not meant: it takes a plus, a times or
 * a power, or a slash with spaces around it.
 */
export function findArithmetic(text: string): string | undefined {
  const candidates = text.match(/[(\d][\d.\s+*×÷^()/%-]{0,200}[\d)]/g) ?? [];
  return candidates
    .map((candidate) => candidate.trim())
    .find((each) => /[+*×÷^]|\s\/\s/.test(each) && isSum(each));
}

function isSum(expression: string): boolean {
  try {
    calculate(expression);
    return true;
  } catch {
    return false;
  }
}
