import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';

/** One page of what has happened after a number. */
export type ReadPage = (after: number, limit: number) => Promise<readonly SimulationEvent[]>;

const PAGE = 1_000;
// One page tells whether it is a long one; then several are asked for at once, since each waits for the network.
const WAVES = [1, 4, 8] as const;

/**
 * Reads a backlog from a number on, in large pages, and hands each wave over as a whole: a commit instead of one an
 * event. Ends with the first page that is not full.
 */
export async function readEvents(
  read: ReadPage,
  from: number,
  onEvents: (events: readonly SimulationEvent[]) => void,
): Promise<void> {
  let after = from;
  for (let wave = 0; ; wave += 1) {
    const count = WAVES[Math.min(wave, WAVES.length - 1)] ?? 1;
    const pages = await Promise.all(
      Array.from({ length: count }, (_, place) => read(after + place * PAGE, PAGE)),
    );
    const events = pages.flat();
    if (events.length > 0) onEvents(events);
    if (events.length < count * PAGE) return;
    after += count * PAGE;
  }
}
