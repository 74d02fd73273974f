import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { descendants, identify, isAlive } from './identity.ts';
import { type ProcessSpec, runProcess } from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-processes-'));

function shell(script: string, name: string): ProcessSpec {
  const logFile = join(folder, name);
  return {
    command: 'sh',
    args: ['-c', script],
    env: { PATH: process.env.PATH, KEY: 'given' },
    logFile,
    stopSignal: 'SIGTERM',
  };
}

async function logged(file: string, text: string): Promise<void> {
  await expect.poll(() => readFileSync(file, 'utf8')).toContain(text);
}

describe('runProcess', () => {
  it('gives the process the environment it was given and nothing else', async () => {
    const spec = shell('echo "$KEY [$HOME]"', 'env.log');
    const { exited } = await runProcess(spec);
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(readFileSync(spec.logFile, 'utf8')).toBe('given []\n');
  });

  it('leaves nothing of the group behind when it ends', async () => {
    const spec = shell('sleep 60 & echo $!', 'group.log');
    const { exited } = await runProcess(spec);
    await exited;
    const pid = Number(readFileSync(spec.logFile, 'utf8'));
    await expect.poll(() => identify(pid)).toBeUndefined();
  });

  it('kills what does not end by itself within the grace', async () => {
    const spec = shell('trap "" TERM; echo deaf; while true; do sleep 0.05; done', 'deaf.log');
    const running = await runProcess(spec);
    await logged(spec.logFile, 'deaf');
    expect(await running.stop(100)).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('kills also those that went into a session of their own', async () => {
    const spec = shell('setsid sleep 60 & echo started; wait', 'session.log');
    const running = await runProcess(spec);
    await logged(spec.logFile, 'started');
    await expect.poll(() => descendants(running.pid).length).toBeGreaterThan(0);
    const family = descendants(running.pid);
    await running.kill();
    expect(family.filter(isAlive)).toEqual([]);
  });

  it('says in a sentence that there is no such program', async () => {
    const spec = { ...shell('', 'none.log'), command: '/nowhere/program' };
    await expect(runProcess(spec)).rejects.toThrow(
      '/nowhere/program cannot be run: there is no such program.',
    );
  });

  it('keeps what it writes from other users', async () => {
    const file = join(folder, 'private');
    const { exited } = await runProcess(shell(`echo secret > ${file}`, 'mode.log'));
    await exited;
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
