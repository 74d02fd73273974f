import { expect, test } from 'vitest';
import { longRun } from '../replay/fixtures.ts';
import { marksOf } from '../replay/marks.ts';
import { stageClock } from '../replay/stageClock.ts';
import { markGroups } from './markGroups.ts';
import { wholeView } from './view.ts';

const events = longRun(2_000);
const clock = stageClock(events);
const marks = marksOf({ events, nameOf: (id) => id });

test('signs that would touch are one', () => {
  const groups = markGroups(marks, clock, { view: wholeView(clock.length), width: 1_000 });
  expect(groups.length).toBeLessThanOrEqual(56);
  expect(groups[0]?.title).toMatch(/^n0 is done, n1 is done, n2 is done and \d+ more$/);
});

test('signs out of view are not there', () => {
  const groups = markGroups(marks, clock, { view: { from: 0, to: 3_500 }, width: 1_000 });
  expect(groups.map(({ title }) => title)).toEqual(['n0 is done', 'n1 is done', 'n2 is done']);
});
