import type { Mark } from '../replay/marks.ts';
import { positionOfSeq, type StageClock } from '../replay/stageClock.ts';
import { pixelAt, type Scale } from './view.ts';

/** Signs that stand too near to be told apart. */
export interface MarkGroup {
  readonly seq: number;
  readonly left: number;
  readonly isMinor: boolean;
  readonly title: string;
}

const LEAST_DISTANCE = 18;
const TITLES_TOLD = 3;

/** The signs in view. Those that would touch become one, which goes to the first of them that matters. */
export function markGroups(marks: readonly Mark[], clock: StageClock, scale: Scale): MarkGroup[] {
  const groups: { left: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const left = pixelAt(scale, positionOfSeq(clock, mark.seq));
    if (left < -1 || left > scale.width + 1) continue;
    const last = groups.at(-1);
    if (last && left - last.left < LEAST_DISTANCE) last.marks.push(mark);
    else groups.push({ left, marks: [mark] });
  }
  return groups.map(({ left, marks: grouped }) => {
    const main = grouped.find(({ isMinor }) => !isMinor) ?? grouped[0];
    return { seq: main?.seq ?? 0, left, isMinor: main?.isMinor ?? true, title: titleOf(grouped) };
  });
}

function titleOf(marks: readonly Mark[]): string {
  const told = marks.slice(0, TITLES_TOLD).map(({ title }) => title);
  const rest = marks.length - told.length;
  return rest > 0 ? `${told.join(', ')} and ${rest} more` : told.join(', ');
}
