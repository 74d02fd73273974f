/** The middle of the values, or the mean of the two in the middle: one slow or lucky round does not move it. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new Error('There is no median of nothing');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** What one round saw: ours, and its baseline a moment before or after. */
export interface Round {
  readonly measured: number;
  /** Null where there is nothing to compare with. */
  readonly baseline: number | null;
}

export interface Hold {
  /** Which figure has to hold. */
  readonly of: 'measured' | 'ratio';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export interface Summary {
  readonly measured: number;
  readonly baseline: number | null;
  readonly ratio: number | null;
  readonly isHeld: boolean;
}

/**
 * Medians of all rounds. The ratio is the median of the rounds' own ratios and not the ratio of the medians: what slowed
 * the machine down for a while then slowed both halves of a pair.
 */
export function summarise(rounds: readonly Round[], hold: Hold): Summary {
  const baselines = rounds.flatMap(({ baseline }) => baseline ?? []);
  const ratios = rounds.flatMap(({ measured, baseline }) => (baseline === null ? [] : measured / baseline));
  const measured = median(rounds.map((round) => round.measured));
  const ratio = ratios.length > 0 ? median(ratios) : null;
  return {
    measured,
    baseline: baselines.length > 0 ? median(baselines) : null,
    ratio,
    isHeld: holds(hold.of === 'ratio' ? ratio : measured, hold),
  };
}

function holds(figure: number | null, { atMost, atLeast }: Hold): boolean {
  if (figure === null) return false;
  return figure <= (atMost ?? Number.POSITIVE_INFINITY) && figure >= (atLeast ?? Number.NEGATIVE_INFINITY);
}
