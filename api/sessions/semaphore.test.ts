import { describe, expect, it } from 'vitest';
import { createSemaphore } from './semaphore.ts';

const refuse = () => new Error('full');

describe('createSemaphore', () => {
  it('lets few in at once, others in order, and turns away the rest', async () => {
    const semaphore = createSemaphore({ atOnce: 2, waitingAtMost: 1, refuse });
    const order: number[] = [];
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const work = (number: number) =>
      semaphore.run(async () => {
        order.push(number);
        await gate;
        return number;
      });
    const running = [work(1), work(2), work(3)];
    await expect(work(4)).rejects.toThrow('full');
    expect(order).toEqual([1, 2]);
    open();
    expect(await Promise.all(running)).toEqual([1, 2, 3]);
    expect(await semaphore.run(async () => 'free again')).toBe('free again');
  });

  it('gives the place back after a failure', async () => {
    const semaphore = createSemaphore({ atOnce: 1, waitingAtMost: 0, refuse });
    await expect(semaphore.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await semaphore.run(async () => 1)).toBe(1);
  });
});
