import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { type Identity, identify, isAlive, ownIdentity } from './identity.ts';
import { endLeftovers } from './leftovers.ts';

async function sleeper(): Promise<Identity> {
  const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
  await once(child, 'spawn');
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error('it did not start');
  return identity;
}

const left = (children: Record<string, Identity>) => ({ launcher: ownIdentity(), stopping: false, children });

it('ends what a killed launcher left, in the order of a proper stop', async () => {
  const [postgres, api, build] = [await sleeper(), await sleeper(), await sleeper()];
  expect(await endLeftovers(left({ postgres, api, build }))).toEqual(['build', 'api', 'postgres']);
  expect([postgres, api, build].map(isAlive)).toEqual([false, false, false]);
});

it('lets a process live that only has the id of one of ours', async () => {
  const stranger = await sleeper();
  expect(await endLeftovers(left({ worker: { ...stranger, birth: 'of ours, which is gone' } }))).toEqual([]);
  expect(isAlive(stranger)).toBe(true);
  process.kill(stranger.pid, 'SIGKILL');
});
