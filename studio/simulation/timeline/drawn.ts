import type { Bar } from './bars.ts';
import { pixelAt, type Scale } from './view.ts';

/** One box on a row: a step, or many that are too small to be told apart. */
export interface Drawn {
  readonly key: string;
  readonly left: number;
  readonly width: number;
  readonly bars: readonly [Bar, ...Bar[]];
}

// The page stays light however long the simulation is; what is drawn as one opens when one comes nearer.
const MOST_BOXES = 110;
const LEAST_WIDTH = 8;
const FIRST_GAP = 2;

/** What is drawn of each row. Where there is too much, neighbours grow together until there is not. */
export function drawRows(rows: readonly (readonly Bar[])[], scale: Scale, end: number): Drawn[][] {
  const inView = rows.map((row) => row.filter((bar) => isInView(bar, scale, end)));
  const count = inView.reduce((sum, row) => sum + row.length, 0);
  if (count <= MOST_BOXES) return inView.map((row) => row.map((bar) => boxOf([bar], scale, end)));
  for (let gap = FIRST_GAP; ; gap *= 2) {
    const drawn = inView.map((row) => joinNear(row, { scale, end, gap }));
    if (drawn.reduce((sum, row) => sum + row.length, 0) <= MOST_BOXES || gap > scale.width) return drawn;
  }
}

const isInView = ({ from, to }: Bar, { view }: Scale, end: number): boolean =>
  from <= view.to && (to ?? end) >= view.from;

interface Joining {
  readonly scale: Scale;
  readonly end: number;
  readonly gap: number;
}

/** Bars come in the order in which they began. */
function joinNear(row: readonly Bar[], { scale, end, gap }: Joining): Drawn[] {
  const groups: [Bar, ...Bar[]][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const bar of row) {
    const group = groups.at(-1);
    if (group && pixelAt(scale, bar.from) - right <= gap) group.push(bar);
    else groups.push([bar]);
    right = Math.max(right, pixelAt(scale, bar.to ?? end));
  }
  return groups.map((group) => boxOf(group, scale, end));
}

function boxOf(bars: readonly [Bar, ...Bar[]], scale: Scale, end: number): Drawn {
  const left = pixelAt(scale, bars[0].from);
  const right = pixelAt(scale, Math.max(...bars.map(({ to }) => to ?? end)));
  return { key: bars[0].path, left, width: Math.max(LEAST_WIDTH, right - left), bars };
}
