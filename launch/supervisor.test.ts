import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAlive } from './identity.ts';
import type { ProcessSpec, RunningProcess } from './processes.ts';
import { createSupervisor, delayAfter, type Ending } from './supervisor.ts';

const folder = mkdtempSync(join(tmpdir(), 'troupe-supervisor-'));

function shell(script: string): ProcessSpec {
  const logFile = join(folder, 'log');
  return {
    command: 'sh',
    args: ['-c', script],
    env: { PATH: process.env.PATH },
    logFile,
    stopSignal: 'SIGTERM',
  };
}

/** A supervisor whose starts and falls can be awaited one by one. */
function watched() {
  const starts: RunningProcess[] = [];
  const falls: Ending[] = [];
  const supervisor = createSupervisor({
    onStarted: (_name, child) => starts.push(child),
    onFall: (ending) => falls.push(ending),
  });
  const untilStarts = (count: number) => expect.poll(() => starts.length).toBe(count);
  return { supervisor, starts, falls, untilStarts };
}

describe('a supervisor', () => {
  it('starts a child again that was killed', async () => {
    const { supervisor, starts, falls, untilStarts } = watched();
    const first = await supervisor.start('one', shell('exec sleep 60'));
    process.kill(first.pid, 'SIGKILL');
    await untilStarts(2);
    expect(falls).toEqual([
      { name: 'one', exit: { code: null, signal: 'SIGKILL' }, falls: 1, restartInMs: 300 },
    ]);
    expect(supervisor.running('one')?.pid).toBe(starts[1]?.pid);
    await supervisor.stop('one', 1000);
    expect(starts.map(({ identity }) => isAlive(identity))).toEqual([false, false]);
  });

  it('waits longer with each fall', async () => {
    const { supervisor, falls } = watched();
    await supervisor.start('one', shell('exit 3'));
    await expect.poll(() => falls.length).toBe(3);
    await supervisor.stop('one', 1000);
    expect(falls.map(({ restartInMs }) => restartInMs)).toEqual([300, 600, 1200]);
    expect(falls[0]?.exit).toEqual({ code: 3, signal: null });
  });

  it('does not start again what it was told to stop, also while it waits to', async () => {
    const { supervisor, starts, falls } = watched();
    await supervisor.start('one', shell('exit 1'));
    await expect.poll(() => falls.length).toBe(1);
    await supervisor.stop('one', 1000);
    await supervisor.start('two', shell('exec sleep 60'));
    await supervisor.stop('two', 1000);
    expect(starts).toHaveLength(2);
    expect(falls).toHaveLength(1);
  });

  it('starts a child anew on request', async () => {
    const { supervisor, starts, falls } = watched();
    await supervisor.start('one', shell('exec sleep 60'));
    await supervisor.restart('one', 1000);
    expect(starts).toHaveLength(2);
    expect(falls).toEqual([]);
    await supervisor.killAll();
    expect(starts.map(({ identity }) => isAlive(identity))).toEqual([false, false]);
  });

  it('starts nothing once it is closed', async () => {
    const { supervisor } = watched();
    supervisor.close();
    await expect(supervisor.start('one', shell('exec sleep 60'))).rejects.toThrow('not started any more');
  });
});

it('backs off from 0.3 to 5 seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map(delayAfter)).toEqual([300, 600, 1200, 2400, 4800, 5000, 5000]);
});
