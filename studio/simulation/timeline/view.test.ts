import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWhole, panBy, pixelAt, positionAt, wholeView, withPosition, zoomAt } from './view.ts';

const length = 60_000;

describe('the view on time', () => {
  it('keeps what is under the pointer where it is', () => {
    const at = 15_000;
    const scale = { view: wholeView(length), width: 1_000 };
    const nearer = { view: zoomAt(scale.view, { by: 0.5, at, length }), width: 1_000 };
    expect(pixelAt(nearer, at)).toBeCloseTo(pixelAt(scale, at));
    expect(nearer.view.to - nearer.view.from).toBe(30_000);
  });

  it('never leaves what there is, however it is moved', () => {
    const turn = fc.record({
      by: fc.double({ min: 0.1, max: 10, noNaN: true }),
      at: fc.nat(length),
      pan: fc.integer({ min: -length, max: length }),
    });
    fc.assert(
      fc.property(fc.array(turn), (turns) => {
        let view = wholeView(length);
        for (const { by, at, pan } of turns) view = panBy(zoomAt(view, { by, at, length }), pan, length);
        expect(view.from).toBeGreaterThanOrEqual(0);
        expect(view.to).toBeLessThanOrEqual(length + 0.001);
        expect(view.to - view.from).toBeGreaterThanOrEqual(249);
      }),
    );
  });

  it('is the whole again when it is zoomed out far enough', () => {
    const near = zoomAt(wholeView(length), { by: 0.1, at: 59_000, length });
    expect(isWhole(near, length)).toBe(false);
    expect(isWhole(zoomAt(near, { by: 100, at: 59_000, length }), length)).toBe(true);
  });

  it('goes along with the playhead', () => {
    const view = { from: 0, to: 10_000 };
    expect(withPosition(view, 5_000, length)).toBe(view);
    expect(withPosition(view, 12_000, length)).toEqual({ from: 11_000, to: 21_000 });
  });

  it('finds the position under a pixel again', () => {
    const scale = { view: { from: 5_000, to: 25_000 }, width: 800 };
    expect(positionAt(scale, pixelAt(scale, 9_000))).toBeCloseTo(9_000);
  });
});
