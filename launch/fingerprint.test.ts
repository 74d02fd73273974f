import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildIfChanged } from './fingerprint.ts';

function sources() {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-build-'));
  const [input, output] = [join(folder, 'in'), join(folder, 'out')];
  mkdirSync(join(input, 'deep'), { recursive: true });
  writeFileSync(join(input, 'deep', 'one.ts'), 'one');
  let builds = 0;
  const build = async () => {
    builds += 1;
    writeFileSync(output, String(builds));
  };
  const run = async () => {
    const before = builds;
    await buildIfChanged({ output, inputs: [input], build });
    return builds > before;
  };
  return { input, output, run };
}

it('builds once, and again when a source or the output changed', async () => {
  const { input, output, run } = sources();
  expect(await run()).toBe(true);
  expect(await run()).toBe(false);
  writeFileSync(join(input, 'deep', 'one.ts'), 'two');
  expect(await run()).toBe(true);
  writeFileSync(join(input, 'new.css'), '');
  expect(await run()).toBe(true);
  rmSync(output);
  expect(await run()).toBe(true);
});

it('does not build for a test or a new date', async () => {
  const { input, run } = sources();
  await run();
  writeFileSync(join(input, 'one.test.ts'), 'test');
  utimesSync(join(input, 'deep', 'one.ts'), new Date(0), new Date(0));
  expect(await run()).toBe(false);
});
