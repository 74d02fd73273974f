import { describe, expect, it } from 'vitest';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { begun, eventsAt, pathOf, stepBegun, stepDone, taskBegun } from './fixtures.ts';
import { firstLetters, shareAt, withTexts, writingsOf } from './writing.ts';

const events = eventsAt([
  [0, begun()],
  [0, taskBegun('a')],
  [0, stepBegun('a')],
  [1_000, stepDone('a', '0123456789')],
]);
const start = Date.parse(events[0]?.at ?? '');
const during = foldEvents(emptyState, events.slice(0, 3));
const moment = {
  writings: writingsOf(events),
  live: foldEvents(emptyState, events),
  now: start + 1_000,
  hidden: new Set<string>(),
};
const textAt = (time: number, more = {}) =>
  withTexts(during, { ...moment, time: start + time, ...more }).steps[pathOf('a')]?.text;

describe('an answer that was being written', () => {
  it('is there by the part of its time that had passed', () => {
    expect(textAt(0)).toBe('');
    expect(textAt(500)).toBe('01234');
    expect(textAt(1_000)).toBe('0123456789');
  });

  it('is not there when it is to be guessed', () => {
    expect(textAt(500, { hidden: new Set(['a']) })).toBe('');
  });

  it('that is still being written is as long as it was then', () => {
    const live = { ...during, steps: { ...during.steps } };
    const step = live.steps[pathOf('a')];
    if (step) live.steps[pathOf('a')] = { ...step, text: 'so far' };
    expect(textAt(500, { live, writings: new Map() })).toBe('so ');
  });

  it('leaves a state alone in which nothing is being written', () => {
    const over = foldEvents(emptyState, events);
    expect(withTexts(over, { ...moment, time: start })).toBe(over);
  });
});

it('a character is shown whole or not at all', () => {
  expect(firstLetters('a😀b', 2)).toBe('a');
  expect(firstLetters('a😀b', 3)).toBe('a😀');
  expect(firstLetters('abc', -1)).toBe('');
});

it('what took no time is there at once', () => {
  expect(shareAt({ startedAt: 5, endedAt: 5 }, 5)).toBe(1);
});
