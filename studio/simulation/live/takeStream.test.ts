import { expect, test } from 'vitest';
import { takeStream } from './takeStream.ts';

test('all tabs together have four streams; one that is let go is another’s', async () => {
  const taken = await Promise.all([takeStream(), takeStream(), takeStream(), takeStream()]);
  expect(taken.every((release) => release !== null)).toBe(true);
  expect(await takeStream()).toBeNull();
  taken[2]?.();
  await expect.poll(takeStream).not.toBeNull();
});
