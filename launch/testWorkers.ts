import { availableParallelism } from 'node:os';

/** How many files of tests run side by side. They wait for much of their time, so that two pay on a single core too. */
export const testWorkers = Math.min(4, Math.max(2, availableParallelism()));

/** The same server and role, and the database that is this worker's alone. */
export function databaseOf(url: string, worker: number): string {
  const own = new URL(url);
  const place = ((worker - 1) % testWorkers) + 1;
  own.pathname = own.pathname.replace(/(_\d+)?$/, place === 1 ? '' : `_${place}`);
  return own.href;
}
