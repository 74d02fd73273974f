import { afterEach, beforeEach } from 'vitest';

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
