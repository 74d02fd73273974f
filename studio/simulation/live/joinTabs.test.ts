import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { joinTabs, type Told } from './joinTabs.ts';

const told: Told = { kind: 'connection', isLive: true };

function join(id: string) {
  const onSpeak = vi.fn();
  const onTold = vi.fn<(what: Told) => void>();
  return { onSpeak, onTold, tabs: joinTabs(id, { onSpeak, onTold }) };
}

test('one tab speaks, and the next one when it leaves', async () => {
  const id = randomUUID();
  const first = join(id);
  await expect.poll(() => first.onSpeak).toHaveBeenCalledTimes(1);
  const second = join(id);
  const third = join(id);
  expect(second.onSpeak).not.toHaveBeenCalled();
  first.tabs.leave();
  await expect.poll(() => second.onSpeak).toHaveBeenCalledTimes(1);
  expect(third.onSpeak).not.toHaveBeenCalled();
  second.tabs.leave();
  third.tabs.leave();
});

test('what one tab tells is heard by those that look at the same simulation', async () => {
  const id = randomUUID();
  const [first, second, elsewhere] = [join(id), join(id), join(randomUUID())];
  first.tabs.tell(told);
  await expect.poll(() => second.onTold).toHaveBeenCalledWith(told);
  expect(first.onTold).not.toHaveBeenCalled();
  expect(elsewhere.onTold).not.toHaveBeenCalled();
  for (const { tabs } of [first, second, elsewhere]) tabs.leave();
});

test('whoever has left neither tells nor waits any more', async () => {
  const id = randomUUID();
  const [first, second] = [join(id), join(id)];
  await expect.poll(() => first.onSpeak).toHaveBeenCalled();
  second.tabs.leave();
  second.tabs.tell(told);
  first.tabs.leave();
  const third = join(id);
  await expect.poll(() => third.onSpeak).toHaveBeenCalled();
  expect(second.onSpeak).not.toHaveBeenCalled();
  expect(third.onTold).not.toHaveBeenCalled();
  third.tabs.leave();
});
