import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

/** DESIGN, section 9. Compressed, in bytes. */
const FIRST_LOAD = 250_000;
const LAZY_CHUNK = 150_000;

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'troupe-size-'));

const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    isEntry: z.boolean().optional(),
    imports: z.array(z.string()).optional(),
    dynamicImports: z.array(z.string()).optional(),
  }),
);
type Manifest = z.infer<typeof Manifest>;

let manifest: Manifest = {};

beforeAll(async () => {
  // A process of its own: vitest's environment would make it a build for development.
  await promisify(execFile)(
    process.execPath,
    [
      join(root, 'node_modules', 'vite', 'bin', 'vite.js'),
      ...['build', '--config', 'studio/vite.config.ts', '--outDir', folder, '--logLevel', 'error'],
    ],
    { cwd: root, env: { PATH: process.env.PATH } },
  );
  manifest = Manifest.parse(JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8')));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A part of the studio with everything that must be there before it runs. */
function withImports(key: string, seen = new Set<string>()): Set<string> {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key]?.imports ?? []) withImports(imported, seen);
  return seen;
}

const sizeOf = (keys: Iterable<string>) =>
  [...keys]
    .map((key) => manifest[key]?.file ?? '')
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);

const entry = () => Object.keys(manifest).find((key) => manifest[key]?.isEntry) ?? '';

describe('what a browser loads', () => {
  it.each(['pages/crews/CrewsPage.tsx', 'pages/simulations/SimulationsPage.tsx'])(
    'at first, with %s, is at most 250 kB of scripts',
    (page) => {
      const keys = withImports(page, withImports(entry()));
      expect(keys.size).toBeGreaterThan(5);
      expect(sizeOf(keys)).toBeLessThanOrEqual(FIRST_LOAD);
    },
  );

  it('later comes in pieces of at most 150 kB', () => {
    const first = withImports(entry());
    const heavy = Object.keys(manifest).filter((key) => !first.has(key) && sizeOf([key]) > LAZY_CHUNK);
    expect(heavy).toEqual([]);
  });

  it('never asks for an inline script', () => {
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    expect(page.match(/<script(?![^>]*\bsrc=)/g)).toBeNull();
  });
});
