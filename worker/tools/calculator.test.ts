import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calculate, calculator } from './calculator.ts';
import { toolContext } from './testing/toolContext.ts';

describe('calculate', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['10 / 4', 2.5],
    ['17 % 5', 2],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['2 ^ -1', 0.5],
    ['--3', 3],
    ['2 - -3', 5],
    ['sqrt(16) + abs(-2)', 6],
    ['round(2.5) + round(-2.5)', 0],
    ['round(1.005, 2)', 1.01],
    ['round(1e22, 3) - 1e22', 0],
    ['round(1e-9, 2)', 0],
    ['min(3, 1, 2) + MAX(3, 1, 2)', 4],
    ['.5 + 1.', 1.5],
    ['1e3 * 2', 2000],
    ['2 ** 10', 1024],
    ['6 × 7 ÷ 2 − 1', 20],
    [' 42 ', 42],
  ])('works out %s', (expression, result) => {
    expect(calculate(expression)).toBe(result);
  });

  it.each([
    ['', 'ends too early'],
    ['1 +', 'ends too early'],
    ['(1', 'ends too early'],
    ['1 2', '"2" is not expected'],
    ['1)', '")" is not expected'],
    ['1 / 0', 'Division by zero'],
    ['5 % (2 - 2)', 'Division by zero'],
    ['sqrt(-1)', 'not a real number'],
    ['9 ^ 9 ^ 9', 'not a real number'],
    ['sqrt(1, 2)', 'takes 1 to 1'],
    ['round(1, 99)', 'whole number'],
    ['process.exit()', 'is not arithmetic'],
    ['exit()', 'not one of the functions'],
    ['constructor(1)', 'not one of the functions'],
    ['__proto__', 'is not arithmetic'],
    ['1; 2', 'is not arithmetic'],
    ['"a"', 'is not arithmetic'],
    ['('.repeat(200), 'nested too deeply'],
    ['-'.repeat(200), 'nested too deeply'],
    ['1+'.repeat(400), 'longer than'],
  ])('says what is wrong with %j', (expression, problem) => {
    expect(() => calculate(expression)).toThrow(problem);
  });

  it('agrees with a tree of the same operations', () => {
    interface Tree {
      readonly text: string;
      readonly value: number;
    }
    const { tree } = fc.letrec<{ tree: Tree; leaf: Tree; sum: Tree }>((tie) => ({
      leaf: fc.nat(1_000).map((value) => ({ text: String(value), value })),
      sum: fc.tuple(fc.constantFrom('+', '-', '*'), tie('tree'), tie('tree')).map(([sign, left, right]) => ({
        text: `(${left.text} ${sign} ${right.text})`,
        value:
          sign === '+'
            ? left.value + right.value
            : sign === '-'
              ? left.value - right.value
              : left.value * right.value,
      })),
      tree: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('sum')),
    }));
    const short = tree.filter(({ text }) => text.length <= 500);
    fc.assert(
      fc.property(short, ({ text, value }) => {
        expect(calculate(text)).toBe(value);
      }),
    );
  });

  it('answers any text with a number or a problem, quickly', () => {
    const anything = fc.oneof(
      fc.string({ maxLength: 600 }),
      fc.string({ unit: fc.constantFrom(...'0123456789.+-*/%^(), esqrtminabo'), maxLength: 600 }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          expect(Number.isFinite(calculate(text))).toBe(true);
        } catch (error) {
          expect(String(error)).toMatch(/^Error: [^\n]+\.$/);
        }
      }),
    );
  });
});

describe('the calculator', () => {
  const run = (expression: string) => calculator.run({ expression }, toolContext());

  it('shows fractions as people write them', async () => {
    expect(await run('0.1 + 0.2')).toBe('0.1 + 0.2 = 0.3');
    expect(await run('2^53 - 1')).toBe('2^53 - 1 = 9007199254740991');
    expect(await run('1/3')).toBe('1/3 = 0.333333333333333');
  });
});
