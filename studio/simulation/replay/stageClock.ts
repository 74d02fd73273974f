import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { Moment } from './moment.ts';

/**
 * Time as it is watched. Between two events it passes as it really did, except where nobody was at work: a simulation
 * may be paused for days, and that is cut short to a break. Steps that a fork took over all come in one instant; they
 * are laid side by side, so that each can be seen.
 */
export interface StageClock {
  /** Where each event lies, by number, in milliseconds of watching; the first entry is the beginning. */
  readonly positions: Float64Array;
  /** When each event was, by number, in milliseconds since 1970. */
  readonly times: Float64Array;
  /** Where it ends: the last event, or now. */
  readonly length: number;
  readonly endsAt: number;
  readonly breaks: readonly Break[];
  /** Where steps were taken over from another simulation. */
  readonly taken: readonly Stretch[];
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A silence that was cut short. */
export interface Break extends Stretch {
  /** How long it really was, in milliseconds. */
  readonly ms: number;
}

// A silence longer than this is a pause to whoever watches; a shorter one is breath.
const LONGEST_SILENCE_MS = 4_000;
// Wide enough for its sign at any length of simulation.
const BREAK_SHARE = 0.03;
const LEAST_BREAK_MS = 1_500;
// Taken-over steps are seen one by one in a short fork, and do not push the rest aside in a long one.
const [LEAST_TAKEN_MS, MOST_TAKEN_MS, TAKEN_SHARE] = [40, 400, 0.3];

/** `now` is where a simulation that goes on has come to; without it, time ends with the last event. */
export function stageClock(events: readonly SimulationEvent[], now?: number): StageClock {
  const count = events.length;
  const times = new Float64Array(count + 1);
  events.forEach((event, place) => {
    // Clocks may be set back between two processes; time that is watched never goes back.
    times[place + 1] = Math.max(times[place] ?? 0, Date.parse(event.at));
  });
  times[0] = times[1] ?? now ?? 0;
  const endsAt = Math.max(times[count] ?? 0, now ?? 0);

  const isBusy = busyAfter(events);
  const lengthAfter = (place: number) => (times[place + 1] ?? endsAt) - (times[place] ?? endsAt);
  let busy = 0;
  for (let place = 0; place <= count; place += 1)
    if (isBusy[place] || lengthAfter(place) <= LONGEST_SILENCE_MS) busy += lengthAfter(place);
  const breakMs = Math.max(LEAST_BREAK_MS, busy * BREAK_SHARE);
  const takenCount = events.filter(({ type }) => type === 'step.reused').length;
  const takenMs = Math.min(MOST_TAKEN_MS, Math.max(LEAST_TAKEN_MS, (busy * TAKEN_SHARE) / takenCount));

  const positions = new Float64Array(count + 1);
  const breaks: Break[] = [];
  const taken: Stretch[] = [];
  let position = 0;
  const pass = (place: number) => {
    const ms = lengthAfter(place);
    const isBreak = !isBusy[place] && ms > Math.max(LONGEST_SILENCE_MS, breakMs);
    if (isBreak) breaks.push({ from: position, to: position + breakMs, ms });
    position += isBreak ? breakMs : ms;
  };
  events.forEach((event, place) => {
    pass(place);
    if (event.type === 'step.reused') {
      const last = taken.at(-1);
      if (last?.to === position) taken.splice(-1, 1, { from: last.from, to: position + takenMs });
      else taken.push({ from: position, to: position + takenMs });
      position += takenMs;
    }
    positions[place + 1] = position;
  });
  pass(count);
  return { positions, times, length: position, endsAt, breaks, taken };
}

/** After which events somebody was at work. A step that waits for its provider is not. */
function busyAfter(events: readonly SimulationEvent[]): boolean[] {
  const open = new Set<string>();
  const isBusy = [false];
  for (const event of events) {
    if (event.type === 'step.started') open.add(event.data.path);
    else if (event.type === 'step.completed' || event.type === 'step.failed') open.delete(event.data.path);
    else if (CLOSING.has(event.type)) open.clear();
    isBusy.push(open.size > 0);
  }
  return isBusy;
}

const CLOSING: ReadonlySet<string> = new Set([
  'simulation.completed',
  'simulation.failed',
  'simulation.cancelled',
  'simulation.retried',
]);

export const lastSeq = ({ positions }: StageClock): number => positions.length - 1;

/** Where the event lies. */
export const positionOfSeq = (clock: StageClock, seq: number): number =>
  clock.positions[Math.min(Math.max(0, seq), lastSeq(clock))] ?? 0;

export function positionOf(clock: StageClock, { seq, ms }: Moment): number {
  const next = seq < lastSeq(clock) ? positionOfSeq(clock, seq + 1) : clock.length;
  return Math.min(positionOfSeq(clock, seq) + ms, next);
}

/** The last event that has happened there, and how long ago that is. */
export function momentAt(clock: StageClock, position: number): Moment {
  const inside = Math.min(Math.max(0, position), clock.length);
  const seq = lastAtOrBefore(clock.positions, inside);
  return { seq, ms: inside - positionOfSeq(clock, seq) };
}

/** What time it was there, in milliseconds since 1970. */
export function timeAt(clock: StageClock, position: number): number {
  const { seq, ms } = momentAt(clock, position);
  return between(ms, {
    from: [positionOfSeq(clock, seq), clock.times[seq] ?? clock.endsAt],
    to: [clock.positions[seq + 1] ?? clock.length, clock.times[seq + 1] ?? clock.endsAt],
  });
}

/** Where a time lies. */
export function positionOfTime(clock: StageClock, time: number): number {
  const seq = lastAtOrBefore(clock.times, time);
  const from = clock.times[seq] ?? clock.endsAt;
  const position = between(time - from, {
    from: [from, positionOfSeq(clock, seq)],
    to: [clock.times[seq + 1] ?? clock.endsAt, clock.positions[seq + 1] ?? clock.length],
  });
  return Math.min(Math.max(0, position), clock.length);
}

type Pair = readonly [number, number];

/** The second of a pair, so far on the way between two pairs. */
function between(passed: number, { from, to }: { readonly from: Pair; readonly to: Pair }): number {
  const length = to[0] - from[0];
  return length <= 0 ? from[1] : from[1] + (Math.min(passed, length) / length) * (to[1] - from[1]);
}

/** Place of the last of these sorted numbers that is not greater; 0 when all are. */
function lastAtOrBefore(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sorted[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
