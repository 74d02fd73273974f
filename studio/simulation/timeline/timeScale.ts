export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface TimeScale {
  /** Where a moment lies, from 0 at the start to 1 at the end. */
  readonly at: (moment: number) => number;
  readonly ticks: readonly Tick[];
  /** Long silences that were cut short, by where they lie. */
  readonly cuts: readonly { readonly at: number; readonly span: Span }[];
}

export interface Tick {
  readonly at: number;
  /** Since the start, in milliseconds. */
  readonly ms: number;
}

// A simulation may be paused for days. A silence this long is drawn as a gap of fixed width, or nothing else is seen.
const LONGEST_SILENCE_MS = 20_000;
const GAP_SHARE = 0.04;

/** Lays time on a line between 0 and 1; `spans` are when something was done. */
export function timeScale(spans: readonly Span[], start: number, end: number): TimeScale {
  const silences = silencesOf(spans, start, end);
  const busy = Math.max(1, end - start - sum(silences.map(({ from, to }) => to - from)));
  const gap = busy * GAP_SHARE;
  const whole = busy + silences.length * gap;

  const at = (moment: number) => {
    const inside = Math.min(Math.max(moment, start), end);
    const removed = silences.map(({ from, to }) => {
      const length = to - from;
      const passed = Math.min(Math.max(inside - from, 0), length);
      return passed - (passed / length) * gap;
    });
    return (inside - start - sum(removed)) / whole;
  };
  return {
    at,
    ticks: ticksOf(start, end, busy)
      .filter(({ ms }) => !isInSilence(silences, start + ms))
      .map(({ ms }) => ({ ms, at: at(start + ms) }))
      .filter((tick) => tick.at <= LAST_TICK),
    cuts: silences.map((span) => ({ at: at((span.from + span.to) / 2), span })),
  };
}

// A figure further right would be cut off.
const LAST_TICK = 0.97;

function silencesOf(spans: readonly Span[], start: number, end: number): Span[] {
  const silences: Span[] = [];
  let heard = start;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    if (from - heard > LONGEST_SILENCE_MS) silences.push({ from: heard, to: from });
    heard = Math.max(heard, to);
  }
  if (end - heard > LONGEST_SILENCE_MS) silences.push({ from: heard, to: end });
  return silences;
}

const STEPS_MS = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000,
];
const MOST_TICKS = 8;

function ticksOf(start: number, end: number, busy: number): { ms: number }[] {
  const step = STEPS_MS.find((ms) => busy / ms <= MOST_TICKS) ?? 86_400_000;
  const count = Math.min(200, Math.floor((end - start) / step));
  return Array.from({ length: count + 1 }, (_, number) => ({ ms: number * step }));
}

const isInSilence = (silences: readonly Span[], moment: number) =>
  silences.some(({ from, to }) => moment > from && moment < to);

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
