import type { BenchHouse } from './BenchHouse.ts';
import type { Hold, Round } from './statistics.ts';

/** One line of DESIGN section 9. */
export interface Row {
  /** For `--only`. */
  readonly name: string;
  readonly what: string;
  readonly unit: string;
  readonly hold: Hold;
  /** When five would tell no more than fewer: what is counted and not timed. */
  readonly mostRounds?: number;
  /** Measured when no other part is running. */
  readonly isAlone?: boolean;
  measure(house: BenchHouse, round: number): Promise<Round>;
}

/** Takes both halves of a pair, the one first in even rounds and the other in odd ones: what drifts favours neither. */
export async function inTurn(
  round: number,
  measured: () => Promise<number>,
  baseline: () => Promise<number>,
): Promise<Round> {
  if (round % 2 === 0) return { measured: await measured(), baseline: await baseline() };
  const first = await baseline();
  return { measured: await measured(), baseline: first };
}
