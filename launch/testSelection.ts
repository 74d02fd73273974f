import { globSync } from 'node:fs';
import { root } from './paths.ts';

const withServices = /\.(integration|crash|browser)\.test\.ts$/;

/** Whether these arguments to vitest can select a test that needs Postgres or Temporal. In doubt they do. */
export function needsServices(args: readonly string[], files: readonly string[] = testFiles()): boolean {
  if (
    args.some((arg, index) => arg === '--project=unit' || (arg === '--project' && args[index + 1] === 'unit'))
  )
    return false;
  const filters = args.filter((arg) => !arg.startsWith('-'));
  const selected = files.filter((file) =>
    filters.some((filter) => file.includes(filter.replace(/^\.\//, ''))),
  );
  return selected.length === 0 || selected.some((file) => withServices.test(file));
}

function testFiles(): string[] {
  return globSync('{api,bench,launch,studio,worker,workflows}/**/*.test.{ts,tsx}', { cwd: root });
}
