import { runBare, runOurs } from '../crews.ts';
import { inTurn, type Row } from '../Row.ts';

/** Long enough that what begins and ends a simulation does not count much, as in DESIGN's sketch. */
const CHAIN = 100;
const [SHORT_CHAIN, LONG_CHAIN] = [10, 200];
const [CREWS, CREW_SIZE] = [200, 5];

export const parallel: Row = {
  name: 'parallel',
  what: '20 tasks in parallel and a join at 500 ms a call, against bare',
  unit: 'ms',
  hold: { of: 'ratio', atMost: 1.1 },
  async measure(house, round) {
    await house.models.answer({ latencyMs: 500 });
    const shape = { parallelJoin: 20 };
    return inTurn(
      round,
      async () => (await runOurs(house, shape)).wallMs,
      async () => (await runBare(house, shape)).wallMs,
    );
  },
};

export const perTask: Row = {
  name: 'chain',
  what: `a task in a chain of ${CHAIN} at 0 ms a call, against bare`,
  unit: 'ms',
  hold: { of: 'ratio', atMost: 1.4 },
  async measure(house, round) {
    await house.models.answer({ latencyMs: 0 });
    const shape = { chain: CHAIN };
    return inTurn(
      round,
      async () => (await runOurs(house, shape)).wallMs / CHAIN,
      async () => (await runBare(house, shape)).wallMs / CHAIN,
    );
  },
};

export const throughput: Row = {
  name: 'throughput',
  what: `tasks a second, ${CREWS} crews of ${CREW_SIZE} at once at 50 ms a call, against bare`,
  unit: '/s',
  hold: { of: 'ratio', atLeast: 0.65 },
  async measure(house, round) {
    await house.models.answer({ latencyMs: 50 });
    const shape = { chain: CREW_SIZE };
    const perSecond = (wallMs: number) => (CREWS * CREW_SIZE * 1000) / wallMs;
    return inTurn(
      round,
      async () => perSecond((await runOurs(house, shape, CREWS)).wallMs),
      async () => perSecond((await runBare(house, shape, CREWS)).wallMs),
    );
  },
};

export const growth: Row = {
  name: 'growth',
  what: `a task in a chain of ${LONG_CHAIN} at 0 ms a call, against a chain of ${SHORT_CHAIN}`,
  unit: 'ms',
  hold: { of: 'ratio', atMost: 1.2 },
  async measure(house, round) {
    await house.models.answer({ latencyMs: 0 });
    const perTaskOf = async (length: number) => (await runOurs(house, { chain: length })).wallMs / length;
    return inTurn(
      round,
      () => perTaskOf(LONG_CHAIN),
      () => perTaskOf(SHORT_CHAIN),
    );
  },
};
