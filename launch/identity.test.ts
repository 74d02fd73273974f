import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { descendants, identify, isAlive, ownIdentity } from './identity.ts';

it('knows a process from a later one with the same id', () => {
  const own = ownIdentity();
  expect(isAlive(own)).toBe(true);
  expect(isAlive({ ...own, birth: 'another' })).toBe(false);
});

it('finds what a process started, and what those started', async () => {
  const child = spawn('sh', ['-c', 'sleep 60 & echo started; wait'], { detached: true });
  await once(child.stdout, 'data');
  const family = descendants(process.pid).map(({ pid }) => pid);
  expect(family).toContain(child.pid);
  const grandchildren = descendants(child.pid ?? 0);
  expect(grandchildren).toHaveLength(1);
  process.kill(-(child.pid ?? 0), 'SIGKILL');
  await once(child, 'close');
  expect(identify(child.pid ?? 0)).toBeUndefined();
});
