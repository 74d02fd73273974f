import { describe, expect, it } from 'vitest';
import {
  begun,
  done,
  eventsAt,
  paused,
  resumed,
  stepBegun,
  stepDone,
  taskBegun,
  taskDone,
} from './fixtures.ts';
import { createReplayStore, shownMoment, shownPosition } from './replayStore.ts';
import { isFollowing, togglePlaying } from './togglePlaying.ts';

const events = eventsAt([
  [0, begun()],
  [0, taskBegun('a')],
  [0, stepBegun('a')],
  [2_000, stepDone('a')],
  [2_000, taskDone('a')],
  [2_100, taskBegun('b')],
  [2_100, stepBegun('b')],
  [5_000, stepDone('b')],
  [5_000, taskDone('b')],
  [5_050, done()],
]);
const start = Date.parse(events[0]?.at ?? '');

function replayOf(told = events, now?: number) {
  const store = createReplayStore();
  store.getState().tell(told, now);
  return { store, get: () => store.getState(), at: () => shownPosition(store.getState()) };
}

describe('where one looks', () => {
  it('is the end at first', () => {
    const { get, at } = replayOf();
    expect(get().moment).toBeNull();
    expect(at()).toBe(5_050);
    expect(shownMoment(get())).toEqual({ seq: 10, ms: 0 });
  });

  it('goes step by step', () => {
    const { get, at } = replayOf();
    get().stepBack();
    expect(at()).toBe(5_000);
    get().stepBack();
    expect(at()).toBe(2_000);
    get().stepOn();
    get().stepOn();
    expect(get().moment).toBeNull();
  });

  it('stays where it is while more happens', () => {
    const { get, at } = replayOf(events.slice(0, 7), start + 4_000);
    get().seekTo(1_000);
    get().tell(events, undefined);
    expect(at()).toBe(1_000);
  });

  it('goes along with what happens at the end of what goes on', () => {
    const { get, at } = replayOf(events.slice(0, 7), start + 3_000);
    expect(isFollowing(get())).toBe(true);
    get().tell(events.slice(0, 7), start + 4_000);
    expect(at()).toBe(4_000);
    get().hold();
    get().tell(events.slice(0, 7), start + 4_500);
    expect(at()).toBe(4_000);
    expect(isFollowing(get())).toBe(false);
  });
});

describe('playing', () => {
  it('begins at the beginning when it is at the end, and ends there', () => {
    const { store, get, at } = replayOf();
    togglePlaying(store);
    expect([get().isPlaying, at()]).toEqual([true, 0]);
    get().advance(1_000);
    expect(at()).toBe(1_000);
    get().setSpeed(16);
    get().advance(1_000);
    expect([get().isPlaying, get().moment]).toEqual([false, null]);
  });

  it('passes a pause of a day in less than a second', () => {
    const day = 86_400_000;
    const { get, at } = replayOf(
      eventsAt([
        [0, stepBegun('a')],
        [1_000, stepDone('a')],
        [1_000, paused()],
        [1_000 + day, resumed()],
        [1_000 + day, stepBegun('b')],
        [3_000 + day, stepDone('b')],
      ]),
    );
    get().play();
    get().advance(1_000);
    get().advance(1_000);
    get().advance(500);
    // A second to the pause, the pause, and half a second after it.
    expect(at()).toBe(1_800);
  });
});

describe('guessing', () => {
  it('begins at the beginning and holds before each answer', () => {
    const { get, at } = replayOf();
    get().hide(true);
    expect(at()).toBe(0);
    get().reveal('a');
    expect(at()).toBe(2_000);
    get().play();
    get().advance(1_000);
    expect([at(), get().isPlaying]).toEqual([2_100, false]);
  });

  it('shows the answer and goes on when one plays on', () => {
    const { get, at } = replayOf();
    get().hide(true);
    get().play();
    expect([at(), get().isPlaying]).toEqual([2_000, true]);
  });

  it('shows an answer that is not written yet where it stands', () => {
    const { get } = replayOf(events.slice(0, 7), start + 4_000);
    get().hide(true);
    get().reveal('b');
    expect(get().moment).toBeNull();
    expect([...get().revealed]).toEqual(['b']);
  });
});
