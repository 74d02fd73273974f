import { describe, expect, it } from 'vitest';
import { csvOf } from './csv.ts';

describe('csvOf', () => {
  it('quotes texts and leaves numbers and nothing as they are', () => {
    expect(csvOf([['a "b", c', 7, null], ['two\nlines']])).toBe('"a ""b"", c",7,\r\n"two\nlines"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'V49: marks %j as a text, so that no spreadsheet calculates it',
    (text) => {
      expect(csvOf([[text]])).toBe(`"'${text}"\r\n`);
    },
  );
});
