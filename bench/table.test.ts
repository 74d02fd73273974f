import { expect, it } from 'vitest';
import { figure, renderTable } from './table.ts';

it('shows ratios and figures beside what they have to hold', () => {
  const table = renderTable([
    {
      what: 'a chain',
      unit: 'ms',
      hold: { of: 'ratio', atMost: 1.4 },
      summary: { measured: 15.22, baseline: 13, ratio: 1.171, isHeld: true },
    },
    {
      what: 'recovery',
      unit: 's',
      hold: { of: 'measured', atMost: 10 },
      summary: { measured: 12, baseline: null, ratio: null, isHeld: false },
    },
  ]);
  expect(table).toBe(
    [
      '| what     | measured | baseline | ratio |    hold |  ok |',
      '| -------- | -------: | -------: | ----: | ------: | --: |',
      '| a chain  |  15.2 ms |    13 ms |  1.17 |  <= 1.4 | yes |',
      '| recovery |     12 s |        – |     – | <= 10 s |  NO |',
    ].join('\n'),
  );
});

it('rounds to three digits', () => {
  expect([0, 0.9876, 12.345, 1234.5].map(figure)).toEqual(['0', '0.988', '12.3', '1235']);
});
