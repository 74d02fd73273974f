import { expect, test } from 'vitest';
import { worthKeeping } from './rememberedInputs.ts';

test('what looks like a secret is not kept', () => {
  const given = { topic: 'Oat drink', api_key: 'sk-1', Password: 'x', accessToken: 'y' };
  expect(worthKeeping(given)).toEqual({ topic: 'Oat drink' });
});

test('very long texts are not kept', () => {
  expect(worthKeeping({ text: 'a'.repeat(20_001) })).toEqual({});
});
