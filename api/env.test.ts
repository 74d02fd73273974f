import { describe, expect, it } from 'vitest';
import { defaultModelOf, readEnv } from './env.ts';

const key = 'Xr0b8sVvJ1mTn5qYcW2uZk7oLhE4pGd9aFiSxKtBwQc=';
const needed = { DATABASE_URL: 'postgres://troupe_app:secret@localhost/troupe', SECRET_KEYS: key };

describe('readEnv', () => {
  it('needs nothing but a database and keys', () => {
    expect(readEnv({ ...needed, REDIS_URL: '', PORT: '' })).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      TEMPORAL_ADDRESS: '127.0.0.1:7233',
      REDIS_URL: undefined,
    });
  });

  it('takes several secrets', () => {
    expect(readEnv({ ...needed, SECRET_KEYS: `${key}, ${key}2` }).SECRET_KEYS).toEqual([key, `${key}2`]);
  });

  it.each([
    [{}],
    [{ PUBLIC_URL: 'http://localhost:3000' }],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://troupe.example.org' }],
    [{ HOST: '0.0.0.0', ALLOW_INSECURE_HTTP: 'yes' }],
    [{ PUBLIC_URL: 'http://troupe.example.org', ALLOW_INSECURE_HTTP: 'yes' }],
  ])('lets the api be served with %j', (given) => {
    expect(readEnv({ ...needed, ...given }).PORT).toBe(3000);
  });

  it.each([
    [{ HOST: '0.0.0.0' }],
    [{ HOST: '::', PUBLIC_URL: 'http://localhost:3000' }],
    [{ HOST: '192.168.1.5', ALLOW_INSECURE_HTTP: '' }],
    [{ PUBLIC_URL: 'http://troupe.example.org' }],
  ])('refuses to let passwords travel in the clear with %j', (given) => {
    expect(() => readEnv({ ...needed, ...given })).toThrow(/PUBLIC_URL: .*ALLOW_INSECURE_HTTP/);
  });

  it('takes proxies by name, address and range', () => {
    const ranges = 'loopback, 10.0.0.0/8, fd00::/8, 192.0.2.7, 2001:db8::1';
    expect(readEnv({ ...needed, TRUST_PROXY: ranges }).TRUST_PROXY).toEqual(ranges.split(', '));
  });

  it.each([
    ['PORT', 'many'],
    ['DATABASE_URL', 'mysql://x'],
    ['REDIS_URL', 'http://x'],
    ['SECRET_KEYS', ''],
    ['SECRET_KEYS', 'short'],
    ['SECRET_KEYS', 'k'.repeat(64)],
    ['SECRET_KEYS', `${key},please-change-me-before-you-go-live!`],
    ['DATABASE_URL', 'postgres://postgres:postgres@db.example.org/troupe'],
    ['DATABASE_URL', 'postgres://someone:Someone@10.0.0.7/troupe'],
    ['DATABASE_URL', 'postgres://troupe_app:changeme@postgres:5432/troupe'],
    ['SECRET_KEYS', `${key},`],
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['LOG_LEVEL', 'loud'],
    ['CORS_ORIGINS', '*'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '1'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '::/0'],
    ['TRUST_PROXY', '128.0.0.0/1, loopback'],
    ['TRUST_PROXY', 'loopback,'],
  ])('names %s when it is %s', (name, value) => {
    expect(() => readEnv({ ...needed, [name]: value })).toThrow(new RegExp(`^.*\\n${name}: `));
  });
});

describe('defaultModelOf', () => {
  it.each([
    [{}, 'demo/stand-in'],
    [{ ANTHROPIC_API_KEY: 'x' }, 'anthropic/claude-haiku-4-5'],
    [{ ANTHROPIC_API_KEY: 'x', OPENAI_API_KEY: 'x' }, 'openai/gpt-4.1-mini'],
    [{ OPENAI_API_KEY: 'x', DEFAULT_MODEL: 'demo/other' }, 'demo/other'],
  ])('takes for %j the model %s', (given, model) => {
    expect(defaultModelOf(readEnv({ ...needed, OPERATOR_MODELS: 'all', ...given }))).toBe(model);
  });

  it('is the demo where the operator’s keys are not for everybody', () => {
    expect(defaultModelOf(readEnv({ ...needed, OPENAI_API_KEY: 'x' }))).toBe('demo/stand-in');
    expect(defaultModelOf(readEnv({ ...needed, OPENAI_API_KEY: 'x', DEFAULT_MODEL: 'a/b' }))).toBe('a/b');
  });
});
