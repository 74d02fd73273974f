import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ledger } from '#api/database/Ledger.ts';
import type { Door } from '#api/database/secrets/Door.ts';
import { databaseUrl } from '#api/testing/environment.ts';
import { NotYet } from './NotYet.ts';
import { ProviderLimits } from './ProviderLimits.ts';
import { takeTurn } from './takeTurn.ts';

let ledger: Ledger;
beforeAll(() => {
  ledger = new Ledger({ url: databaseUrl(), poolSize: 4 });
});
afterAll(() => ledger.close());

const keyed = (most = 10) => ({ key: randomUUID(), title: 'OpenAI', most });

function notYet(limits: ProviderLimits, key: ReturnType<typeof keyed>): NotYet | null {
  try {
    limits.enter(key)();
    return null;
  } catch (error) {
    if (error instanceof NotYet) return error;
    throw error;
  }
}

describe('a provider that asks to wait', () => {
  it('is left alone by every worker, on that key', async () => {
    const [mine, theirs] = [new ProviderLimits(ledger), new ProviderLimits(ledger)];
    const [key, other] = [keyed(), keyed()];
    await mine.pause(key, 60_000);
    await theirs.refresh();
    for (const limits of [mine, theirs]) {
      const refused = notYet(limits, key);
      expect(refused).toMatchObject({ who: 'OpenAI', message: 'Waiting for OpenAI' });
      expect(refused?.waitMs).toBeGreaterThan(58_000);
      expect(refused?.waitMs).toBeLessThan(63_000);
      expect(notYet(limits, other)).toBeNull();
    }
  });

  it('is asked again when the time is over, and never sooner because of a shorter wish', async () => {
    const limits = new ProviderLimits(ledger);
    const [short, long] = [keyed(), keyed()];
    await limits.pause(short, 1);
    await limits.pause(long, 60_000);
    await limits.pause(long, 1_000);
    while (notYet(limits, short)) await wait(1);
    const later = new ProviderLimits(ledger);
    await later.refresh();
    expect(notYet(later, short)).toBeNull();
    expect(notYet(later, long)?.waitMs).toBeGreaterThan(50_000);
  });
});

describe('places with a provider', () => {
  it('are as many as the key has, and free again when somebody leaves', () => {
    const limits = new ProviderLimits(ledger);
    const key = keyed(2);
    const leave = limits.enter(key);
    limits.enter(key);
    expect(notYet(limits, key)?.waitMs).toBeLessThan(2_000);
    leave();
    leave();
    limits.enter(key);
    expect(notYet(limits, key)).not.toBeNull();
  });
});

describe('places with a provider, of several workers', () => {
  /** A fleet of its own: other tests have workers in this database, too. */
  const fleetOf = (count: number) => {
    const fleet = randomUUID();
    return Array.from({ length: count }, () => new ProviderLimits(ledger, fleet));
  };
  const meet = async (workers: readonly ProviderLimits[]) => {
    for (const limits of [...workers, ...workers]) await limits.tell();
  };
  const takeAll = (limits: ProviderLimits, key: ReturnType<typeof keyed>) => {
    const taken: (() => void)[] = [];
    try {
      for (;;) taken.push(limits.enter(key));
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
    }
    return taken;
  };

  it('are as many together as the key has, and what one gives back the other may take', async () => {
    const workers = fleetOf(2);
    const [mine, theirs] = [workers[0] as ProviderLimits, workers[1] as ProviderLimits];
    const key = keyed(10);
    await meet(workers);
    const first = takeAll(mine, key);
    expect(first).toHaveLength(5);
    expect(takeAll(theirs, key)).toHaveLength(5);
    await meet(workers);
    expect(notYet(mine, key)).not.toBeNull();
    expect(notYet(theirs, key)).not.toBeNull();
    for (const leave of first) leave();
    await meet(workers);
    expect(takeAll(theirs, key)).toHaveLength(2);
    expect(takeAll(mine, key)).toHaveLength(2);
  });

  it('are all one’s own again when the other has stopped', async () => {
    const workers = fleetOf(2);
    const [mine, theirs] = [workers[0] as ProviderLimits, workers[1] as ProviderLimits];
    const beats = theirs.start();
    await meet(workers);
    const key = keyed(10);
    expect(takeAll(mine, key)).toHaveLength(5);
    await beats.stop();
    await mine.tell();
    expect(takeAll(mine, key)).toHaveLength(5);
  });

  it('cost a step no statement while workers tell each other', async () => {
    const asked: string[] = [];
    const counting: Door = {
      inWorkspace: (workspaceId, work) => ledger.inWorkspace(workspaceId, work),
      asKeeper(work) {
        asked.push('keeper');
        return ledger.asKeeper(work);
      },
    };
    const limits = new ProviderLimits(counting, randomUUID());
    await limits.tell();
    asked.length = 0;
    for (let step = 0; step < 500; step += 1) {
      await limits.refresh();
      limits.enter(keyed())();
    }
    // None; one more if this machine stood still for seconds meanwhile.
    expect(asked.length).toBeLessThan(3);
  });
});

describe('turns', () => {
  it('are as many in a minute as the limit says, however many ask at once', async () => {
    const limit = { key: randomUUID(), perMinute: 5 };
    const waits = await Promise.all(Array.from({ length: 12 }, () => takeTurn(ledger, limit)));
    expect(waits.filter((ms) => ms === 0)).toHaveLength(5);
    for (const ms of waits.filter((each) => each > 0)) {
      expect(ms).toBeGreaterThan(55_000);
      expect(ms).toBeLessThanOrEqual(60_000);
    }
    expect(await takeTurn(ledger, { key: randomUUID(), perMinute: 1 })).toBe(0);
  });

  it('begin anew with the next minute', async () => {
    const limit = { key: randomUUID(), perMinute: 1 };
    expect(await takeTurn(ledger, limit)).toBe(0);
    await ledger.asKeeper((transaction) =>
      transaction.run(
        {
          name: 'age',
          text: `update provider_turns set window_at = window_at - interval '1 minute' where key = $1`,
        },
        [limit.key],
      ),
    );
    expect(await takeTurn(ledger, limit)).toBe(0);
    expect(await takeTurn(ledger, limit)).toBeGreaterThan(0);
  });
});
