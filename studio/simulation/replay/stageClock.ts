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
  /** More may come. */
  readonly isOpen: boolean;
  readonly breaks: readonly Break[];
  /** How wide a step that was taken over is laid. */
  readonly takenMs: number;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** A silence that was cut short. */
interface Break extends Stretch {
  /** How long it really was, in milliseconds. */
  readonly ms: number;
}

// A silence longer than this is a pause to whoever watches; a shorter one is breath.
const LONGEST_SILENCE_MS = 4_000;
// Wide enough for its sign at any length of simulation.
const BREAK_SHARE = 0.05;
const LEAST_BREAK_MS = 300;
// Taken-over steps are seen one by one in a short fork, and do not push the rest aside in a long one.
const [LEAST_TAKEN_MS, MOST_TAKEN_MS, TAKEN_SHARE] = [40, 400, 0.3];

/** `now` is where a simulation that goes on has come to; without it, time ends with the last event. */
export function stageClock(events: readonly SimulationEvent[], now?: number): StageClock {
  const times = timesOf(events, now);
  const endsAt = Math.max(times[events.length] ?? 0, now ?? 0);
  const silences = silencesOf(events, times, endsAt);
  const breakMs = Math.max(LEAST_BREAK_MS, silences.busyMs * BREAK_SHARE);
  const takenMs = takenLength(events, silences.busyMs);
  const positions = new Float64Array(events.length + 1);
  const breaks: Break[] = [];
  let position = 0;
  const pass = (place: number) => {
    const ms = (times[place + 1] ?? endsAt) - (times[place] ?? endsAt);
    const isBreak = silences.isSilent[place] === true && ms > breakMs;
    if (isBreak) breaks.push({ from: position, to: position + breakMs, ms });
    position += isBreak ? breakMs : ms;
  };
  events.forEach(({ type }, place) => {
    pass(place);
    if (type === 'step.reused') position += takenMs;
    positions[place + 1] = position;
  });
  pass(events.length);
  return { positions, times, length: position, endsAt, isOpen: now !== undefined, breaks, takenMs };
}

/** By number; the beginning is when the first event was. */
function timesOf(events: readonly SimulationEvent[], now: number | undefined): Float64Array {
  const times = new Float64Array(events.length + 1);
  events.forEach((event, place) => {
    // Clocks may be set back between two processes; time that is watched never goes back.
    times[place + 1] = Math.max(times[place] ?? 0, Date.parse(event.at));
  });
  times[0] = times[1] ?? now ?? 0;
  return times;
}

/** After which events there was a long silence, and how long the rest took together. */
function silencesOf(events: readonly SimulationEvent[], times: Float64Array, endsAt: number) {
  let busyMs = 0;
  const isSilent = busyAfter(events).map((isBusy, place) => {
    const ms = (times[place + 1] ?? endsAt) - (times[place] ?? endsAt);
    if (!isBusy && ms > LONGEST_SILENCE_MS) return true;
    busyMs += ms;
    return false;
  });
  return { isSilent, busyMs };
}

function takenLength(events: readonly SimulationEvent[], busyMs: number): number {
  const count = events.filter(({ type }) => type === 'step.reused').length;
  return count === 0 ? 0 : Math.min(MOST_TAKEN_MS, Math.max(LEAST_TAKEN_MS, (busyMs * TAKEN_SHARE) / count));
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
