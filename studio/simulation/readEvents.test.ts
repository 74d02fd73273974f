import { describe, expect, it } from 'vitest';
import { readEvents } from './readEvents.ts';
import { longRun } from './replay/fixtures.ts';

async function readAll(tasks: number, from = 0) {
  const all = longRun(tasks);
  const asked: number[] = [];
  const got: number[][] = [];
  await readEvents(
    async (after, limit) => {
      asked.push(after);
      return all.slice(after, after + limit);
    },
    from,
    (events) => got.push(events.map(({ seq }) => seq)),
  );
  return { asked, got, all: all.map(({ seq }) => seq) };
}

describe('reading what has happened', () => {
  it('asks once for what fits on a page', async () => {
    const { asked, got, all } = await readAll(100);
    expect(asked).toEqual([0]);
    expect(got).toEqual([all]);
  });

  it('asks for many pages at once where there are many, and gets all in order', async () => {
    const { got, all } = await readAll(2_000);
    expect(got.map(({ length }) => length)).toEqual([1_000, 4_000, 3_002]);
    expect(got.flat()).toEqual(all);
  });

  it('goes on from where it was', async () => {
    const { got, all } = await readAll(100, 150);
    expect(got.flat()).toEqual(all.slice(150));
  });
});
