import { expect, it } from 'vitest';
import { asRole } from './asRole.ts';
import { changedParts } from './changedParts.ts';
import { childEnvironment } from './childEnvironment.ts';
import { readSettings } from './settings.ts';

const secrets = { secretKeys: 'a2V5', postgresPassword: 'owner', appPassword: 'app' };
const addresses = {
  apiPort: 3001,
  url: 'http://127.0.0.1:3000',
  databaseUrl: 'postgres://troupe_app:app@127.0.0.1:1/troupe',
  temporalAddress: '127.0.0.1:2',
};

it('passes on what people set and puts in what the launcher started', () => {
  const env = { OPENAI_API_KEY: 'sk', LOG_LEVEL: 'debug', OPERATOR_MODELS: 'none', npm_config_x: 'y' };
  expect(childEnvironment({ settings: readSettings(env), secrets }, addresses)).toEqual({
    OPENAI_API_KEY: 'sk',
    LOG_LEVEL: 'debug',
    OPERATOR_MODELS: 'none',
    OUTBOX: 'shown',
    FIRST_ADMIN: 'registered',
    RATE_LIMIT_FACTOR: '20',
    PORT: '3001',
    HOST: '127.0.0.1',
    PUBLIC_URL: 'http://127.0.0.1:3000',
    DATA_DIR: expect.stringMatching(/\/\.data$/),
    DATABASE_URL: addresses.databaseUrl,
    TEMPORAL_ADDRESS: '127.0.0.1:2',
    TEMPORAL_NAMESPACE: 'default',
    SECRET_KEYS: 'a2V5',
  });
});

it('never hands on the owner of the tables', () => {
  const env = { DATABASE_URL: 'postgres://owner:secret@db/troupe', DATABASE_APP_PASSWORD: 'x' };
  const given = childEnvironment({ settings: readSettings(env), secrets }, addresses);
  expect(JSON.stringify(given)).not.toContain('secret@');
  expect(given.DATABASE_APP_PASSWORD).toBeUndefined();
});

it('addresses the same server as another role', () => {
  expect(asRole('postgres://owner:p@db:5433/troupe?sslmode=require', 'troupe_app', 'a/b')).toBe(
    'postgres://troupe_app:a%2Fb@db:5433/troupe?sslmode=require',
  );
});

it.each([
  [['api/crews/router.ts'], ['api']],
  [['api/database/connect.ts'], ['api', 'worker']],
  [['worker/main.ts'], ['worker']],
  [['workflows/schedule.ts'], ['api', 'worker']],
  [['studio/main.tsx'], []],
])('restarts for %o: %o', (files, parts) => {
  expect(changedParts(files)).toEqual(parts);
});
