import { expect, test } from 'vitest';
import { withOption } from './toolOptions.ts';

test('an option is added to those of the same tool, and others stay', () => {
  const first = withOption(undefined, 'web_search', { maxUses: 3 });
  const both = withOption(first, 'web_search', { resultAsAnswer: true });
  expect(withOption(both, 'calculator', { maxUses: 1 })).toEqual({
    web_search: { maxUses: 3, resultAsAnswer: true },
    calculator: { maxUses: 1 },
  });
});

test('without any option there is nothing to say', () => {
  const one = withOption(undefined, 'web_search', { maxUses: 3 });
  expect(withOption(one, 'web_search', { maxUses: undefined })).toBeUndefined();
});
