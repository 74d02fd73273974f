import { describe, expect, it } from 'vitest';
import { defaultModelOf, readEnv } from './env.ts';

const needed = { DATABASE_URL: 'postgres://troupe_app:secret@localhost/troupe' };
const key = 'k'.repeat(32);

describe('readEnv', () => {
  it('needs nothing but a database', () => {
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

  it('takes proxies by name, address and range', () => {
    const ranges = 'loopback, 10.0.0.0/8, fd00::/8, 192.0.2.7, 2001:db8::1';
    expect(readEnv({ ...needed, TRUST_PROXY: ranges }).TRUST_PROXY).toEqual(ranges.split(', '));
  });

  it.each([
    ['PORT', 'many'],
    ['DATABASE_URL', 'mysql://x'],
    ['REDIS_URL', 'http://x'],
    ['SECRET_KEYS', 'short'],
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
