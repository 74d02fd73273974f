import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { addEvents, emptyHistory, stateAt } from './checkpoints.ts';
import { longRun } from './fixtures.ts';

const events = longRun(200);
const history = addEvents(emptyHistory, events);

describe('seeking', () => {
  it('finds at every event what folding from the beginning finds', () => {
    for (const seq of [0, 1, 199, 200, 201, 399, 400, 600, events.length])
      expect(stateAt(history, seq)).toEqual(foldEvents(emptyState, events.slice(0, seq)));
  });

  it('finds the same from wherever one comes', () => {
    fc.assert(
      fc.property(fc.nat(events.length), fc.nat(events.length), (from, to) => {
        const near = stateAt(history, from);
        expect(stateAt(history, to, near)).toEqual(stateAt(history, to));
      }),
      { numRuns: 50 },
    );
  });

  it('does not leave the simulation', () => {
    expect(stateAt(history, -5)).toEqual(emptyState);
    expect(stateAt(history, 1_000_000).lastSeq).toBe(events.length);
  });
});

describe('what has happened', () => {
  it('is the same whether it came at once or in pieces', () => {
    let pieces = emptyHistory;
    for (let at = 0; at < events.length; at += 77) pieces = addEvents(pieces, events.slice(at, at + 77));
    expect(pieces).toEqual(history);
  });

  it('takes every event once, and nothing that does not follow', () => {
    expect(addEvents(history, events.slice(10, 20))).toBe(history);
    expect(addEvents(emptyHistory, events.slice(5))).toBe(emptyHistory);
  });
});
