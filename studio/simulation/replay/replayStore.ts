import { createStore, type StoreApi } from 'zustand';
import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import { type Answer, answerBeingWritten, answersOf } from './answers.ts';
import { addEvents, emptyHistory, type History } from './checkpoints.ts';
import type { Moment } from './moment.ts';
import { lastSeq, momentAt, positionOf, positionOfSeq, type StageClock, stageClock } from './stageClock.ts';
import { stopAfter, stopBefore, stopsOf } from './stops.ts';

export const SPEEDS = [0.5, 1, 2, 4, 8, 16] as const;
type Speed = (typeof SPEEDS)[number];

export interface ReplayState {
  readonly history: History;
  readonly clock: StageClock;
  readonly stops: readonly number[];
  readonly answers: readonly Answer[];
  /** The moment that is looked at; null at the end, which is now while the simulation runs. */
  readonly moment: Moment | null;
  readonly isPlaying: boolean;
  readonly isDragging: boolean;
  readonly speed: Speed;
  /** The next answer is hidden until it is asked for. */
  readonly isHiding: boolean;
  /** Answers that were asked for at the end, where no moment can be gone on to. */
  readonly revealed: ReadonlySet<string>;

  /** What has happened; `now` while more may come. */
  readonly tell: (events: readonly SimulationEvent[], now: number | undefined) => void;
  readonly seek: (moment: Moment | null) => void;
  readonly seekTo: (position: number) => void;
  readonly seekToSeq: (seq: number) => void;
  readonly drag: (isDragging: boolean) => void;
  readonly stepBack: () => void;
  readonly stepOn: () => void;
  readonly play: () => void;
  readonly hold: () => void;
  /** Lets so much time of the hall pass. */
  readonly advance: (ms: number) => void;
  readonly setSpeed: (speed: Speed) => void;
  readonly hide: (isHiding: boolean) => void;
  /** Shows the hidden answer of a task. */
  readonly reveal: (nodeId: string) => void;
}

export type ReplayStore = StoreApi<ReplayState>;

// A break is passed quickly, whatever it was: there is nothing to be seen in it.
const BREAK_MS = 700;

type Set = StoreApi<ReplayState>['setState'];
type Get = StoreApi<ReplayState>['getState'];

/** Where one looks in time, and how one goes there. Nobody is called: everything comes from what has happened. */
export const createReplayStore = (): ReplayStore =>
  createStore<ReplayState>()((set, get) => ({
    history: emptyHistory,
    clock: stageClock([]),
    stops: [],
    answers: [],
    moment: null,
    isPlaying: false,
    isDragging: false,
    speed: 1,
    isHiding: false,
    revealed: new Set(),
    tell: (events, now) => set((state) => told(state, events, now)),
    seek: (moment) => set(({ clock }) => ({ moment: moment && withinEnd(clock, moment), isPlaying: false })),
    seekTo: (position) => set(({ clock }) => ({ moment: momentOrEnd(clock, position) })),
    seekToSeq: (seq) => goTo(set, get, seq),
    drag: (isDragging) => set({ isDragging, isPlaying: false }),
    stepBack: () => {
      const { stops, clock } = get();
      goTo(set, get, stopBefore(stops, clock, shownMoment(get())) ?? 0);
    },
    stepOn: () => {
      const { stops, clock } = get();
      goTo(set, get, stopAfter(stops, clock, shownMoment(get())));
    },
    play: () => set(begin),
    hold: () => set((state) => ({ isPlaying: false, moment: shownMoment(state) })),
    advance: (ms) => set((state) => advanced(state, ms)),
    setSpeed: (speed) => set({ speed }),
    hide: (isHiding) => set((state) => hiding(state, isHiding)),
    reveal: (nodeId) => set((state) => revealing(state, nodeId)),
  }));

function told(state: ReplayState, events: readonly SimulationEvent[], now: number | undefined) {
  const history = addEvents(state.history, events.slice(state.history.events.length));
  const clock = stageClock(history.events, now);
  if (history === state.history) return { clock };
  return { history, clock, stops: stopsOf(history.events, clock), answers: answersOf(history.events) };
}

/** The moment that is looked at, also when it is the end. */
export const shownMoment = ({ moment, clock }: Pick<ReplayState, 'moment' | 'clock'>): Moment =>
  moment ?? momentAt(clock, clock.length);

/** Where it is looked at, on the line of time. */
export const shownPosition = ({ moment, clock }: Pick<ReplayState, 'moment' | 'clock'>): number =>
  moment ? positionOf(clock, moment) : clock.length;

const momentOrEnd = (clock: StageClock, position: number): Moment | null =>
  position >= clock.length ? null : momentAt(clock, position);

/** Behind the end is the end, once the end is known. */
const withinEnd = (clock: StageClock, moment: Moment): Moment | null =>
  lastSeq(clock) > 0 && moment.seq > lastSeq(clock) ? null : moment;

function goTo(set: Set, get: Get, seq: number | undefined): void {
  const { clock } = get();
  const position = seq === undefined ? clock.length : positionOfSeq(clock, seq);
  set({ moment: momentOrEnd(clock, position), isPlaying: false });
}

/** Plays from here, or from the beginning when this is the end. */
function begin(state: ReplayState): Partial<ReplayState> {
  const isAtEnd = shownPosition(state) >= state.clock.length;
  const from = isAtEnd ? momentAt(state.clock, 0) : shownMoment(state);
  const guessed = state.isHiding && answerBeingWritten(state.answers, from.seq);
  return {
    isPlaying: true,
    moment: guessed ? momentOrEnd(state.clock, positionOfSeq(state.clock, guessed.toSeq)) : from,
  };
}

function advanced(state: ReplayState, ms: number): Partial<ReplayState> {
  const { clock, speed, answers, isHiding, isPlaying } = state;
  if (!isPlaying) return {};
  const from = shownPosition(state);
  const inBreak = clock.breaks.find((one) => one.from <= from && from < one.to);
  const rate = inBreak ? Math.max(speed, (inBreak.to - inBreak.from) / BREAK_MS) : speed;
  const to = Math.min(from + ms * rate, inBreak?.to ?? Number.POSITIVE_INFINITY);
  const guessed = isHiding ? answers.find(({ fromSeq }) => isBetween(clock, fromSeq, from, to)) : undefined;
  if (guessed) return { moment: momentAt(clock, positionOfSeq(clock, guessed.fromSeq)), isPlaying: false };
  return to >= clock.length ? { moment: null, isPlaying: false } : { moment: momentAt(clock, to) };
}

const isBetween = (clock: StageClock, seq: number, from: number, to: number): boolean => {
  const position = positionOfSeq(clock, seq);
  return from < position && position <= to;
};

/** From the end of a simulation there is nothing to guess: guessing begins at the beginning. */
function hiding(state: ReplayState, isHiding: boolean): Partial<ReplayState> {
  const isOver =
    state.moment === null && shownPosition(state) <= positionOfSeq(state.clock, lastSeq(state.clock));
  return {
    isHiding,
    revealed: new Set(),
    isPlaying: false,
    ...(isHiding && isOver ? { moment: momentAt(state.clock, 0) } : {}),
  };
}

function revealing(state: ReplayState, nodeId: string): Partial<ReplayState> {
  const { clock, answers, revealed } = state;
  const { seq } = shownMoment(state);
  const answer = answers.find((one) => one.nodeId === nodeId && one.toSeq > seq);
  if (!answer) return { revealed: new Set([...revealed, nodeId]) };
  return { moment: momentOrEnd(clock, positionOfSeq(clock, answer.toSeq)), isPlaying: false };
}
