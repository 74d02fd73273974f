import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { type StageClock, stageClock } from '../replay/stageClock.ts';
import { barsOf } from '../timeline/bars.ts';
import { type Lane, lanesOf } from '../timeline/lanes.ts';

/** One of the two on the line of time. */
export interface ComparedSide {
  readonly clock: StageClock;
  readonly lanes: readonly Lane[];
}

export function sideOf(graph: CrewGraph, events: readonly SimulationEvent[]): ComparedSide {
  const clock = stageClock(events);
  return { clock, lanes: lanesOf(graph, barsOf(events, clock)) };
}

/** Where a step lies; undefined when this one has none of this path. */
export const barAt = ({ lanes }: ComparedSide, path: string | null) =>
  lanes.flatMap(({ rows }) => rows.flat()).find((bar) => bar.path === path);
