import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const sources = globSync('**/*.{ts,tsx}', { cwd: import.meta.dirname })
  .filter((file) => !/\.test\.ts$|^e2e\//.test(file))
  .map((file) => ({ file, code: readFileSync(join(import.meta.dirname, file), 'utf8') }));
const using = (pattern: RegExp) =>
  sources
    .filter(({ code }) => pattern.test(code))
    .map(({ file }) => file)
    .toSorted();

it('V45: hears messages of its own worker and its own tabs, and of no other window', () => {
  expect(sources.length).toBeGreaterThan(200);
  expect(using(/addEventListener\(\s*'message'|\.onmessage\b|\bonmessage=/)).toEqual([
    'canvas/tidy/layout.worker.ts',
    'canvas/tidy/tidyStage.ts',
    'simulation/live/joinTabs.ts',
  ]);
});

it('V45: keeps choices in the browser, and nothing that opens an account', () => {
  expect(using(/\b(local|session)Storage\b/)).toEqual([
    'canvas/run/rememberedInputs.ts',
    'reloadOnce.ts',
    'theme/themeChoice.ts',
    'workspace/chosenWorkspace.ts',
  ]);
  expect(using(/document\.cookie/)).toEqual([]);
});

it('V57: never takes a text of somebody for markup', () => {
  expect(using(/dangerouslySetInnerHTML|\.innerHTML\b|insertAdjacentHTML|document\.write/)).toEqual([]);
});
