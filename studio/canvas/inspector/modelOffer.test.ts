import { describe, expect, it } from 'vitest';
import { groupsOf, keyOf, type ModelOffer, needKeys, type OfferedModel, priceInWords } from './modelOffer.ts';

const model = (name: string, group: string, usable: boolean): OfferedModel => ({
  name,
  group,
  usable,
  provider: group === 'OpenAI' ? 'openai' : group === 'Anthropic' ? 'anthropic' : 'demo',
  title: name,
  through: usable ? 'operator' : null,
  contextTokens: null,
  maxOutputTokens: null,
  price: null,
  longInput: null,
  capabilities: { tools: null, jsonSchema: null, images: null, temperature: null },
});

const offer: ModelOffer = {
  items: [
    model('openai/gpt-4o', 'OpenAI', true),
    model('anthropic/claude-haiku-4-5', 'Anthropic', false),
    model('demo/stand-in', 'Demo', true),
  ],
  servers: [{ prefix: 'custom/ours/', title: 'Ours' }],
  defaultModel: 'openai/gpt-4.1-mini',
  pricesAsOf: '2026-11-24',
};

describe('what models are offered', () => {
  it('is what can be used, by whose it is', () => {
    expect(groupsOf(offer).map(({ group, models }) => [group, models.map(({ name }) => name)])).toEqual([
      ['OpenAI', ['openai/gpt-4o']],
      ['Demo', ['demo/stand-in']],
    ]);
    expect(needKeys(offer)).toBe('Anthropic needs a key');
    expect(needKeys({ ...offer, items: [] })).toBe('');
  });

  it.each([
    ['', null],
    ['openai/some-snapshot', null],
    ['anthropic/claude-haiku-4-5', 'Anthropic'],
    ['claude-haiku-4-5', 'Anthropic'],
    ['custom/ours/llama', null],
    ['custom/theirs/llama', 'The server “theirs”'],
    ['demo/anything', null],
    ['nonsense', null],
  ])('says of %j whose key is missing', (name, missing) => {
    expect(keyOf(offer, name)).toBe(missing);
  });

  it('says what a model costs, and the default', () => {
    expect(priceInWords(offer, '')).toBe('$0.4 in, $1.6 out');
    expect(priceInWords(offer, 'demo/stand-in')).toBe('free');
    expect(priceInWords(offer, 'openai/unknown')).toBe('');
  });
});
