import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { claim } from './claim.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'troupe-claim-')), 'thing');

it('gives a thing to one at a time', async () => {
  const file = newFile();
  const first = await claim(file);
  expect(await claim(file)).toEqual({ held: false, holder: expect.objectContaining({ pid: process.pid }) });
  if (first.held) first.release();
  expect(existsSync(file)).toBe(false);
  expect((await claim(file)).held).toBe(true);
});

it('takes over from a process that is dead, also when its id is used again', async () => {
  const file = newFile();
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(file, JSON.stringify({ pid: dead, birth: 'long ago' }));
  const first = await claim(file);
  expect(first.held).toBe(true);
  if (first.held) first.release();
  writeFileSync(file, JSON.stringify({ pid: process.pid, birth: 'of somebody before us' }));
  expect((await claim(file)).held).toBe(true);
});

it('takes over a file that makes no sense', async () => {
  const file = newFile();
  writeFileSync(file, '');
  expect((await claim(file)).held).toBe(true);
});
