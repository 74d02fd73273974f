import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { SimulationState, StepState } from '#workflows/simulationState.ts';

/** What became of a step that was begun. */
export interface Written {
  readonly startedAt: number;
  readonly endedAt: number;
  /** The first words of the answer. */
  readonly text: string;
  /** About how long the whole answer is, in letters. */
  readonly length: number;
}

type Attempt = Pick<StepState, 'path' | 'epoch' | 'attempt'>;

const keyOf = ({ path, epoch, attempt }: Attempt) => `${path} ${epoch} ${attempt}`;

// Only the first words of an answer come with its event; how long it was is known from its tokens.
const PREVIEW_LETTERS = 200;
const LETTERS_A_TOKEN = 4;

export type Writings = ReadonlyMap<string, Written>;

/** Every answer that was written to its end, by attempt. */
export function writingsOf(events: readonly SimulationEvent[]): Writings {
  const begun = new Map<string, number>();
  const written = new Map<string, Written>();
  for (const { type, at, data } of events) {
    if (type === 'step.started') begun.set(keyOf(data), Date.parse(at));
    if (type !== 'step.completed') continue;
    const { preview, outputTokens } = data;
    const isCut = preview.length >= PREVIEW_LETTERS;
    written.set(keyOf(data), {
      startedAt: begun.get(keyOf(data)) ?? Date.parse(at),
      endedAt: Date.parse(at),
      text: preview,
      length: isCut ? Math.max(preview.length, (outputTokens ?? 0) * LETTERS_A_TOKEN) : preview.length,
    });
  }
  return written;
}

/** How much of an answer was there: the part of its time that had passed. An approximation, told as what it is. */
export const shareAt = (
  { startedAt, endedAt }: Pick<Written, 'startedAt' | 'endedAt'>,
  time: number,
): number =>
  endedAt <= startedAt ? 1 : Math.min(1, Math.max(0, (time - startedAt) / (endedAt - startedAt)));

/** The first letters of a text, never half a character. */
export function firstLetters(text: string, count: number): string {
  const end = Math.max(0, Math.floor(count));
  const isHalf = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return text.slice(0, isHalf ? end - 1 : end);
}

export interface WritingMoment {
  readonly writings: Writings;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** The state of now: where an answer is still being written, its text so far. */
  readonly live: SimulationState;
  readonly now: number;
  /** Whose answers stay hidden, as node ids. */
  readonly hidden: ReadonlySet<string>;
}

/** Fills in what the answers that were being written looked like. */
export function withTexts(state: SimulationState, moment: WritingMoment): SimulationState {
  let steps: Record<string, StepState> | undefined;
  for (const step of Object.values(state.steps)) {
    if (step.status !== 'running' || step.kind !== 'model') continue;
    const text = textOf(step, moment);
    if (text === step.text) continue;
    steps ??= { ...state.steps };
    steps[step.path] = { ...step, text };
  }
  return steps ? { ...state, steps } : state;
}

function textOf(step: StepState, { writings, time, live, now, hidden }: WritingMoment): string {
  if (hidden.has(step.nodeId)) return '';
  const written = writings.get(keyOf(step));
  if (written) return firstLetters(written.text, shareAt(written, time) * written.length);
  const open = live.steps[step.path];
  if (!open || keyOf(open) !== keyOf(step)) return '';
  const share = shareAt({ startedAt: Date.parse(step.startedAt), endedAt: now }, time);
  return firstLetters(open.text, share * open.text.length);
}
