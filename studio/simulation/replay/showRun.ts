import { createStore } from 'zustand';
import { emptyState, type SimulationState } from '#workflows/simulationState.ts';
import type { RunState, RunStore } from '../runStore.ts';
import { hiddenAt } from './answers.ts';
import { atMostEvery } from './atMostEvery.ts';
import { stateAt } from './checkpoints.ts';
import { type ReplayState, type ReplayStore, shownPosition } from './replayStore.ts';
import { timeAt } from './stageClock.ts';
import { withTexts, writingsOf } from './writing.ts';

/** A simulation as it was at the moment that is looked at: what canvas, transcript and figures show. */
export interface ShownRun {
  readonly run: RunStore;
  /** Milliseconds since 1970 at that moment; null when it is now. */
  readonly time: () => number | null;
  /** Whose next answers are to be guessed, as node ids. */
  readonly hidden: () => ReadonlySet<string>;
  /** Keeps it at the moment. Returns what stops that. */
  readonly follow: () => () => void;
}

// Twenty a second read as writing; the playhead itself moves with every frame.
const COMMIT_MS = 50;

const nobody: ReadonlySet<string> = new Set();

/** A store at the moment of `replay`, out of what `live` has been told. */
export function showRun(live: RunStore, replay: ReplayStore): ShownRun {
  const run = createStore<RunState>()(() => live.getState());
  const writings = rememberLast(writingsOf);
  let base: SimulationState = emptyState;
  let time: number | null = null;
  let hidden = nobody;

  const show = () => {
    const replayed = replay.getState();
    const { moment, history, clock } = replayed;
    const now = live.getState();
    base = moment === null ? now.state : stateAt(history, moment.seq, base);
    time = moment === null ? null : timeAt(clock, shownPosition(replayed));
    hidden = sameOr(hidden, guessedAt(base, replayed));
    if (moment === null && hidden.size === 0) {
      run.setState(now, true);
      return;
    }
    const state = withTexts(base, {
      writings: writings(history.events),
      time: time ?? clock.endsAt,
      live: now.state,
      now: clock.endsAt,
      hidden,
    });
    const events =
      moment === null ? now.events : eventsUntil(run.getState().events, history.events, base.lastSeq);
    run.setState({ ...now, state, events }, true);
  };

  return {
    run,
    time: () => time,
    hidden: () => hidden,
    follow: () => {
      const soon = atMostEvery(COMMIT_MS, show);
      const stops = [live.subscribe(soon.call), replay.subscribe(soon.call)];
      show();
      return () => {
        soon.stop();
        for (const stop of stops) stop();
      };
    },
  };
}

function guessedAt(
  state: SimulationState,
  { isHiding, answers, revealed }: ReplayState,
): ReadonlySet<string> {
  if (!isHiding) return nobody;
  const hidden = hiddenAt(state, answers);
  return revealed.size > 0 ? new Set([...hidden].filter((id) => !revealed.has(id))) : hidden;
}

/** The same set as long as it holds the same, so that nobody renders for nothing. */
const sameOr = (before: ReadonlySet<string>, after: ReadonlySet<string>): ReadonlySet<string> =>
  before.size === after.size && [...after].every((id) => before.has(id)) ? before : after;

function rememberLast<A, B>(make: (from: A) => B): (from: A) => B {
  let last: { readonly from: A; readonly made: B } | undefined;
  return (from) => {
    if (last?.from !== from) last = { from, made: make(from) };
    return last.made;
  };
}

/** The same list as long as it is the same events, so that nobody renders for nothing. */
function eventsUntil(shown: RunState['events'], events: RunState['events'], seq: number): RunState['events'] {
  const isSame = shown.length === seq && shown.at(-1)?.seq === seq && shown[0]?.seq === 1;
  return isSame ? shown : events.slice(0, seq);
}
