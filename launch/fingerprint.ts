import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A hash over files and folders, by their contents: times of change mean nothing after a clone. Tests are left out. */
export function fingerprint(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesIn(path)) hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/\.test\.tsx?$|\/(e2e|histories)\//.test(file))
    .sort();
}

export interface BuildOptions {
  /** What is made. Beside it a file remembers what it was made from. */
  readonly output: string;
  readonly inputs: readonly string[];
  readonly build: () => Promise<void>;
}

/** Builds only when the output is missing or its inputs have changed. */
export async function buildIfChanged({ output, inputs, build }: BuildOptions): Promise<void> {
  const madeFrom = `${output}.made-from`;
  const now = fingerprint(inputs);
  if (existsSync(output) && existsSync(madeFrom) && readFileSync(madeFrom, 'utf8') === now) return;
  await build();
  mkdirSync(dirname(madeFrom), { recursive: true });
  writeFileSync(madeFrom, now);
}
