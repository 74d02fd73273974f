import { positionOfTime, type StageClock, timeAt } from '../replay/stageClock.ts';
import { pixelAt, type Scale } from './view.ts';

export interface Tick {
  readonly left: number;
  /** Since the beginning, in milliseconds. */
  readonly ms: number;
}

const STEPS_MS = [
  100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000,
  7_200_000, 21_600_000, 86_400_000,
];
const PIXELS_A_TICK = 130;
// A figure further right would be cut off.
const RIGHT_MARGIN = 34;
// Two figures nearer than this would run into each other, as they do around a break.
const LEAST_DISTANCE = 56;

/** Round times over what is in view, and none within a break. */
export function ticksOf(clock: StageClock, scale: Scale): Tick[] {
  const start = clock.times[0] ?? 0;
  const { view, width } = scale;
  const wanted = Math.max(2, width / PIXELS_A_TICK);
  const step = STEPS_MS.find((ms) => (view.to - view.from) / ms <= wanted) ?? STEPS_MS.at(-1) ?? 1;
  const ticks: Tick[] = [];
  for (const [from, to] of busyStretches(clock, scale)) {
    const first = Math.ceil((from - start) / step);
    for (let count = first; start + count * step <= to; count += 1) {
      const left = pixelAt(scale, positionOfTime(clock, start + count * step));
      const isFree = left - (ticks.at(-1)?.left ?? Number.NEGATIVE_INFINITY) >= LEAST_DISTANCE;
      if (left >= -1 && left <= width - RIGHT_MARGIN && isFree) ticks.push({ left, ms: count * step });
    }
  }
  return ticks;
}

/** The times between the breaks, as far as they are in view. */
function busyStretches(clock: StageClock, { view }: Scale): (readonly [number, number])[] {
  const edges = [view.from, ...clock.breaks.flatMap(({ from, to }) => [from, to]), view.to];
  const stretches: (readonly [number, number])[] = [];
  for (let place = 0; place + 1 < edges.length; place += 2) {
    const from = Math.max(view.from, edges[place] ?? 0);
    const to = Math.min(view.to, edges[place + 1] ?? 0);
    if (from < to) stretches.push([timeAt(clock, from), timeAt(clock, to)]);
  }
  return stretches;
}
