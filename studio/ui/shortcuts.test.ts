import { expect, test } from 'vitest';
import { type KeyPress, matchesKeys } from './shortcuts.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test('Ctrl and Cmd are the same', () => {
  expect(matchesKeys(press('z', { ctrlKey: true }), 'Mod+Z')).toBe(true);
  expect(matchesKeys(press('z', { metaKey: true }), 'Mod+Z')).toBe(true);
  expect(matchesKeys(press('z'), 'Mod+Z')).toBe(false);
});

test('undo is not redo', () => {
  const redo = press('Z', { ctrlKey: true, shiftKey: true });
  expect(matchesKeys(redo, 'Mod+Z')).toBe(false);
  expect(matchesKeys(redo, 'Mod+Shift+Z')).toBe(true);
});

test('a sign is typed with whatever the keyboard needs', () => {
  expect(matchesKeys(press('?', { shiftKey: true }), '?')).toBe(true);
  expect(matchesKeys(press('?'), '?')).toBe(true);
});

test('plus is a key as well as what stands between keys', () => {
  expect(matchesKeys(press('+', { shiftKey: true }), 'Plus')).toBe(true);
  expect(matchesKeys(press('+', { ctrlKey: true }), 'Plus')).toBe(false);
});

test('named keys are keys', () => {
  expect(matchesKeys(press('Delete'), 'Delete')).toBe(true);
  expect(matchesKeys(press('Enter', { ctrlKey: true }), 'Mod+Enter')).toBe(true);
  expect(matchesKeys(press('Enter'), 'Mod+Enter')).toBe(false);
});
