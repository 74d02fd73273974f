import type { CrewGraph } from '#workflows/graph/schema.ts';
import { castOf, doersOf } from '../../canvas/cast.ts';
import type { Bar } from './bars.ts';
import { type Doer, doerOf, PEOPLE } from './doerOf.ts';

export interface Lane {
  readonly doer: Doer;
  /** Rows of steps that do not overlap, except in the last when there are too many. */
  readonly rows: readonly (readonly Bar[])[];
}

/**
 * A lane a cast member who has something to do, with what is done at the same time in rows; below them one for each node
 * that nobody plays, and one for all that people are asked.
 */
export function lanesOf(graph: CrewGraph, bars: readonly Bar[]): Lane[] {
  const busy = new Set([...doersOf(graph).values()].map(({ id }) => id));
  const lanes = new Map<string, { doer: Doer; bars: Bar[] }>();
  for (const member of castOf(graph))
    if (busy.has(member.id))
      lanes.set(member.id, { doer: { key: member.id, name: member.name, member, kind: 'agent' }, bars: [] });
  for (const bar of bars) {
    const doer = doerOf(graph, bar);
    const lane = lanes.get(doer.key) ?? { doer, bars: [] };
    lane.bars.push(bar);
    lanes.set(doer.key, lane);
  }
  const isLast = ({ key }: Doer) => (key === PEOPLE.key ? 1 : 0);
  return [...lanes.values()]
    .sort((a, b) => isLast(a.doer) - isLast(b.doer))
    .map(({ doer, bars: own }) => ({ doer, rows: rowsOf(own) }));
}

// A hundred answers at once would be a hundred rows; from here on they lie over each other.
const MOST_ROWS = 4;

/** Each step goes into the first row that is free when it starts. Bars come in the order in which they began. */
function rowsOf(bars: readonly Bar[]): Bar[][] {
  const rows: Bar[][] = [];
  const freeFrom: number[] = [];
  for (const bar of bars) {
    const free = freeFrom.findIndex((position) => position <= bar.from);
    const row = free >= 0 ? free : Math.min(rows.length, MOST_ROWS - 1);
    const steps = rows[row];
    if (steps) steps.push(bar);
    else rows.push([bar]);
    freeFrom[row] = Math.max(freeFrom[row] ?? 0, bar.to ?? Number.POSITIVE_INFINITY);
  }
  return rows.length > 0 ? rows : [[]];
}
