import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The tokens that hold a plain colour, of one theme. */
function coloursOf(theme: 'light' | 'dark'): Map<string, string> {
  const block = css.slice(css.indexOf(`[data-theme="${theme}"]`));
  const body = block.slice(0, block.indexOf('}'));
  return new Map(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  );
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const cast = ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'];
const grounds: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['ink', 'ink-2', 'ink-3'],
    ['bg', 'surface'],
  ],
  [['ink', 'ink-2'], ['sunken']],
  [
    ['accent', 'ok', 'wait', 'fail', 'info'],
    ['bg', 'surface'],
  ],
  [['accent-ink'], ['accent', 'accent-hover']],
  [['accent', 'ink', 'ink-2'], ['accent-soft']],
  [['ok'], ['ok-soft']],
  [['wait', 'ink', 'ink-2'], ['spot-soft']],
  [['fail', 'ink', 'ink-2'], ['fail-soft']],
  [['info', 'ink'], ['info-soft']],
  [cast, ['bg', 'surface']],
];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const colours = coloursOf(theme);
  const colour = (name: string) => colours.get(name) ?? expect.fail(`--${name} is missing`);
  const pairs = grounds.flatMap(([texts, under]) =>
    texts.flatMap((text) => under.map((on) => ({ text, on }))),
  );

  it.each(pairs)('lets $text be read on $on', ({ text, on }) => {
    expect(contrast(colour(text), colour(on))).toBeGreaterThanOrEqual(4.5);
  });
});
