import type { CrewGraph } from '#workflows/graph/schema.ts';
import type { CastMember } from '../../canvas/cast.ts';
import { castOf, doersOf } from '../../canvas/cast.ts';
import type { Bar } from './bars.ts';

export interface Lane {
  /** Null for what nobody of the cast did. */
  readonly member: CastMember | null;
  /** Rows of steps that do not overlap, except in the last when there are too many. */
  readonly rows: readonly (readonly Bar[])[];
}

/** A lane a cast member who has something to do, with what is done at the same time in rows. */
export function lanesOf(graph: CrewGraph, bars: readonly Bar[]): Lane[] {
  const doers = doersOf(graph);
  const byMember = Map.groupBy(bars, ({ nodeId }) => doers.get(nodeId)?.id ?? '');
  const busy = new Set([...doers.values()].map(({ id }) => id));
  const lanes = castOf(graph)
    .filter(({ id }) => busy.has(id))
    .map((member): Lane => ({ member, rows: rowsOf(byMember.get(member.id) ?? []) }));
  const strays = byMember.get('') ?? [];
  return strays.length > 0 ? [...lanes, { member: null, rows: rowsOf(strays) }] : lanes;
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
