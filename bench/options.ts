import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** Names of rows; all when empty. */
  readonly only: readonly string[];
  readonly rounds: number;
}

const DEFAULT_ROUNDS = 5;

/** Throws a sentence for what it does not know. */
export function readOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string', multiple: true, default: [] }, rounds: { type: 'string' } },
  });
  const only = values.only.flatMap((names) => names.split(','));
  const unknown = only.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no row "${unknown}". There are: ${known.join(', ')}.`);
  const rounds = Number(values.rounds ?? DEFAULT_ROUNDS);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1.');
  return { only, rounds };
}
