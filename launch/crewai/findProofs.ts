import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.ts';

/** A test that shows what becomes of an attribute. */
export interface Proof {
  readonly file: string;
  readonly title: string;
}

const TITLE = /\b(?:it|test)(?:\.\w+)*(?:\([^'"`]*\))?\(\s*(['"`])(.*?)\1/gs;
const NAMED = /\[(1\.[123]) ([a-z0-9_]+)\]/g;

/** Tests by `section attribute`, from the titles that begin with such names, as in `[1.1 max_iter] [1.1 tools] …`. */
export function findProofs(folder: string = root): ReadonlyMap<string, readonly Proof[]> {
  const proofs = new Map<string, Proof[]>();
  const files = globSync('{api,worker,workflows,launch,studio}/**/*.test.{ts,tsx}', { cwd: folder }).sort();
  for (const file of files) {
    for (const [, , title = ''] of readFileSync(join(folder, file), 'utf8').matchAll(TITLE)) {
      for (const [, section, name] of title.matchAll(NAMED)) {
        const key = `${section} ${name}`;
        proofs.set(key, [...(proofs.get(key) ?? []), { file, title: title.replaceAll(NAMED, '').trim() }]);
      }
    }
  }
  return proofs;
}
