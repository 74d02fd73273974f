import { afterEach, beforeEach } from 'vitest';
import { databaseOf } from './testWorkers.ts';

for (const name of ['TEST_DATABASE_OWNER_URL', 'TEST_DATABASE_URL']) {
  const url = process.env[name];
  if (url) process.env[name] = databaseOf(url, Number(process.env.VITEST_POOL_ID ?? 1));
}

/**
 * An error on the console that no test asked for fails the test it appeared in. A test that expects one spies
 * on `console.error` itself, with `vi.spyOn(console, 'error').mockImplementation(() => {})`.
 */
const print = console.error;
let unexpected: string[] = [];

function note(...args: unknown[]): void {
  unexpected.push(args.map(String).join(' '));
  print(...args);
}

beforeEach(() => {
  unexpected = [];
  console.error = note;
});

afterEach(() => {
  console.error = print;
  if (unexpected.length > 0) {
    throw new Error(
      `console.error was called and no test expected it: ${unexpected.join(' | ').slice(0, 2000)}`,
    );
  }
});
