import { expect, it } from 'vitest';
import { root } from './paths.ts';
import { readSettings } from './settings.ts';

it('needs nothing', () => {
  expect(readSettings({ PORT: '' })).toMatchObject({
    port: 3000,
    dataDir: `${root}/.data`,
    temporalNamespace: 'default',
  });
});

it('takes a relative DATA_DIR from the root of the clone', () => {
  expect(readSettings({ DATA_DIR: 'elsewhere' }).dataDir).toBe(`${root}/elsewhere`);
});

it.each([
  [{ PORT: 'three' }, 'PORT'],
  [{ PORT: '70000' }, 'PORT'],
  [{ DATABASE_URL: 'mysql://localhost/x' }, 'DATABASE_URL'],
])('names the variable that cannot be used: %o', (env, name) => {
  expect(() => readSettings(env)).toThrow(`The environment variable ${name} is not usable`);
});
