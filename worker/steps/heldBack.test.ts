import { expect, test } from 'vitest';
import { heldBack } from './useTool.ts';

const mail = { title: 'Send mail', changesOutsideWorld: true };

test.each([
  ['outside a fork', mail, null, null],
  ['in a fork that sends', mail, { sideEffects: 'send' as const }, null],
  ['when it only reads', { ...mail, changesOutsideWorld: false }, { sideEffects: 'simulate' as const }, null],
])('a tool does its work %s', (_, tool, fork, expected) => {
  expect(heldBack(tool, fork)).toBe(expected);
});

test('a tool that changes the outside world is simulated or skipped in a fork, and says so to the model', () => {
  expect(heldBack(mail, { sideEffects: 'simulate' })).toEqual({
    ok: true,
    text: 'Send mail: done (simulated in this fork; nothing was sent).',
  });
  expect(heldBack(mail, { sideEffects: 'skip' })).toEqual({
    ok: false,
    text: 'Send mail: skipped in this fork. Go on without it.',
  });
});
