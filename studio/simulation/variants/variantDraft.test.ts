import { expect, test } from 'vitest';
import { emptyVariant, variantChange } from './variantDraft.ts';

test('what is left empty stays as it is: the same is asked once more', () => {
  expect(variantChange(emptyVariant('a'))).toEqual({});
});

test('what is written is told', () => {
  const draft = { ...emptyVariant('a'), model: ' openai/gpt-4.1 ', temperature: '0.2', goal: 'Hedge' };
  expect(variantChange(draft)).toEqual({
    model: 'openai/gpt-4.1',
    temperature: 0.2,
    agent: { goal: 'Hedge' },
  });
});

test('no temperature is made up', () => {
  expect(variantChange({ ...emptyVariant('a'), temperature: '9' })).toEqual({});
  expect(variantChange({ ...emptyVariant('a'), temperature: 'warm' })).toEqual({});
});
