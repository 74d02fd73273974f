import type { Turns } from './Course.ts';

/** Several courses side by side: each gives its next steps when the steps of all have ended. */
export function* together<R>(courses: readonly Turns<R>[]): Turns<readonly (R | undefined)[]> {
  const results: (R | undefined)[] = courses.map(() => undefined);
  let open = courses.map((course, place) => ({ course, place, turn: course.next() }));
  for (;;) {
    for (const { place, turn } of open) if (turn.done) results[place] = turn.value;
    const going = open.flatMap(({ course, place, turn }) =>
      turn.done ? [] : [{ course, place, steps: turn.value }],
    );
    if (going.length === 0) return results;
    const outcomes = yield going.flatMap(({ steps }) => steps);
    let from = 0;
    open = going.map(({ course, place, steps }) => {
      const own = outcomes.slice(from, from + steps.length);
      from += steps.length;
      return { course, place, turn: course.next(own) };
    });
  }
}
