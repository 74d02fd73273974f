import { reasons } from '#workflows/catalogue/models.ts';
import type { ModelRequest } from './ModelClient.ts';

export interface TimeLimits {
  /** From sending the request to the first byte of the answer. */
  readonly firstByteMs: number;
  /** Between two bytes of the answer. */
  readonly idleMs: number;
  /** For the whole call. */
  readonly totalMs: number;
}

/** No call takes longer: the activity's start-to-close time must be above this. */
export const MAX_CALL_MS = 15 * 60_000;

// Node's fetch gives up on a silent server after 300 s whatever we say; below that the failure is ours and typed.
const MAX_SILENCE_MS = 290_000;
const FIRST_BYTE_MS = 60_000;
const IDLE_MS = 60_000;
// A small model on two cores reads some 40 tokens, or 160 characters, a second before it says anything.
const READING_MS_A_CHAR = 6;
// It writes 5 tokens a second; hosted models write ten times as fast.
const WRITING_MS_A_TOKEN = 200;
const USUAL_ANSWER_TOKENS = 2_048;

function inputChars({ messages, tools }: ModelRequest): number {
  const texts = messages.reduce((sum, { content }) => sum + content.length, 0);
  return texts + tools.reduce((sum, tool) => sum + JSON.stringify(tool.parameters).length, 0);
}

/** How long a call may take, from how much there is to read and to write. Thinking models may be silent for long. */
export function timeLimits(request: ModelRequest): TimeLimits {
  const thinks = reasons(request.model);
  // Anthropic sends pings while its models think; the others are silent.
  const isSilentThinker = thinks && !request.model.startsWith('claude-');
  const reading = FIRST_BYTE_MS + inputChars(request) * READING_MS_A_CHAR;
  const firstByteMs = thinks ? MAX_SILENCE_MS : Math.min(reading, MAX_SILENCE_MS);
  const writing = (request.parameters.maxTokens ?? USUAL_ANSWER_TOKENS) * WRITING_MS_A_TOKEN;
  return {
    firstByteMs,
    idleMs: isSilentThinker ? MAX_SILENCE_MS : IDLE_MS,
    totalMs: thinks ? MAX_CALL_MS : Math.min(firstByteMs + Math.max(writing, IDLE_MS), MAX_CALL_MS),
  };
}
