import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ownIdentity } from './identity.ts';
import { createRunningFile, isLauncherAlive, readRunningState } from './runningFile.ts';

it('publishes the process ids of the four parts while they run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-running-'));
  mkdirSync(join(folder, 'pids'));
  writeFileSync(join(folder, 'pids', 'worker.pid'), '1'); // of a launcher that was killed
  const running = createRunningFile(folder);
  running.add('api', { pid: 4711, birth: 'now' });
  running.add('studio-build', { pid: 4712, birth: 'now' });
  expect(readdirSync(join(folder, 'pids'))).toEqual(['api.pid']);
  expect(readFileSync(join(folder, 'pids', 'api.pid'), 'utf8')).toBe('4711\n');

  running.update({ url: 'http://127.0.0.1:3000' });
  const state = readRunningState(folder);
  expect(state).toEqual({
    launcher: ownIdentity(),
    url: 'http://127.0.0.1:3000',
    stopping: false,
    children: { api: { pid: 4711, birth: 'now' }, 'studio-build': { pid: 4712, birth: 'now' } },
  });
  expect(state && isLauncherAlive(state)).toBe(true);

  running.remove('api');
  expect(readdirSync(join(folder, 'pids'))).toEqual([]);
  running.close();
  expect(existsSync(join(folder, 'running.json'))).toBe(false);
});

it('takes a state that makes no sense for none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troupe-running-'));
  writeFileSync(join(folder, 'running.json'), '{"launcher": 1}');
  expect(readRunningState(folder)).toBeUndefined();
});
