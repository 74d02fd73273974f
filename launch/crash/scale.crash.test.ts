import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { setUpEngine, type TestEngine } from '#worker/testing/setUpEngine.ts';
import { mapped } from '#workflows/graph/controlExamples.ts';
import { parallelJoin } from '#workflows/graph/examples.ts';

const model = 'openai/gpt-4.1-mini';
let up: TestEngine;
beforeAll(async () => {
  up = await setUpEngine();
});
afterEach(() => up.models.reset());
afterAll(() => up.tearDown());

test('a map of 1,000 items with 7 failures retries exactly those 7', async () => {
  const broken = new Set([3, 141, 142, 500, 777, 998, 999]);
  const calls = new Map<number, number>();
  up.models.script((call) => {
    if (call.prompt.includes('Do list.'))
      return { text: JSON.stringify(Array.from({ length: 1_000 }, (_, index) => `<${index}>`)) };
    const item = Number(/Do read of <(\d+)>/.exec(call.prompt)?.[1] ?? -1);
    if (item >= 0) calls.set(item, (calls.get(item) ?? 0) + 1);
    return broken.has(item) ? { status: 401 } : { text: `read ${item}` };
  });
  const simulation = await up.engine.start({ graph: mapped({ concurrency: 50 }, ['read']), model });
  // Their events are thousands: the workflow's end is waited for, and not looked for among them.
  expect((await simulation.ended()).failure).toMatchObject({
    code: 'map.itemsFailed',
    message: expect.stringMatching(/^7 of 1000 items failed/),
  });
  expect([calls.size, ...new Set(calls.values())]).toEqual([1_000, 1]);

  const again = [...broken];
  broken.clear();
  await simulation.retry();
  expect((await simulation.ended()).status).toBe('completed');
  const twice = [...calls].filter(([, count]) => count === 2).map(([item]) => item);
  expect(twice.sort((a, b) => a - b)).toEqual(again);
  // The list, 1,000 items, 7 again, and what reads them.
  expect(up.models.calls).toHaveLength(1_009);
  expect(up.models.calls.at(-1)?.prompt).toContain('"read 998","read 999"]');
}, 600_000);

test('a crew of 2,000 tasks completes', async () => {
  up.models.script(() => ({ text: 'done' }));
  const simulation = await up.engine.start({ graph: parallelJoin(1_999), model });
  expect((await simulation.ended()).status).toBe('completed');
  expect(up.models.calls).toHaveLength(2_000);
  const steps = await simulation.select<{ count: number }>(
    `select count(*)::integer as count from steps where simulation_id = $1 and state = 'completed'`,
  );
  expect(steps).toEqual([{ count: 2_000 }]);
}, 600_000);
