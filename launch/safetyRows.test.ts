import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from './paths.ts';

/** Attacks on what is not built: webhooks that come in, signing in elsewhere, a marketplace. They come with it. */
const NOT_BUILT = ['V33', 'V34', 'V53'];
const LAST = 58;

/** SECURITY.md says that each attack carries its number in the title of a test: here it is held to that. */
it('has a test whose title carries its number for every attack on what is built', () => {
  const tests = ['api', 'launch', 'studio', 'worker', 'workflows'].flatMap((folder) =>
    globSync(`${folder}/**/*.test.ts`, { cwd: root }).map((file) => readFileSync(join(root, file), 'utf8')),
  );
  const titles = tests.flatMap((text) => text.match(/(['"`])(?:(?!\1).)*\bV\d{1,2}\b(?:(?!\1).)*\1/g) ?? []);
  const named = new Set(titles.flatMap((title) => title.match(/\bV\d{1,2}\b/g) ?? []));
  const all = Array.from({ length: LAST }, (_, index) => `V${index + 1}`);
  expect(all.filter((row) => !named.has(row) && !NOT_BUILT.includes(row))).toEqual([]);
});
