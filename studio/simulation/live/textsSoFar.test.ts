import { expect, test } from 'vitest';
import { applyDelta, emptyState, foldEvents } from '#workflows/simulationState.ts';
import { begun, eventsAt, pathOf, stepBegun, stepDone, taskBegun } from '../replay/fixtures.ts';
import { textsSoFar } from './textsSoFar.ts';

const piece = (offset: number, text: string) =>
  ({ path: pathOf('a'), nodeId: 'a', epoch: 1, attempt: 1, offset, text }) as const;

test('who comes later has the whole text, and goes on with the next piece', () => {
  const events = eventsAt([
    [0, begun()],
    [0, taskBegun('a')],
    [0, stepBegun('a')],
    [0, taskBegun('b')],
    [0, stepBegun('b')],
    [9, stepDone('b')],
  ]);
  const bare = foldEvents(emptyState, events);
  const written = applyDelta(applyDelta(bare, piece(0, 'What is ')), piece(8, 'being '));
  const late = textsSoFar(written).reduce((state, { data }) => applyDelta(state, data), bare);
  expect(late).toEqual(written);
  expect(applyDelta(late, piece(14, 'written')).steps[pathOf('a')]?.text).toBe('What is being written');
});
