export interface Shared {
  /** Most requests at once of all workers together. */
  readonly most: number;
  /** That this worker had under way when the others last heard of it. */
  readonly mine: number;
  /** That the others have under way, as far as is known. */
  readonly others: number;
  /** Workers that there are, this one included. */
  readonly workers: number;
}

/**
 * How many requests at once a worker may have until the workers hear of each other again. What is free is divided
 * among all, so that they stay within the bound however each of them grows meanwhile. When nothing is free, who has
 * more than a fair share takes no new ones, which makes room for those who have less.
 */
export function placesFor({ most, mine, others, workers }: Shared): number {
  if (workers <= 1) return most;
  const free = most - mine - others;
  if (free >= workers) return mine + Math.floor(free / workers);
  return Math.min(mine, Math.max(1, Math.floor(most / workers)));
}
