import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { crewOf } from '#worker/testing/crewOf.ts';
import type { Started } from '#worker/testing/engine.ts';
import { CrashHouse } from './CrashHouse.ts';

const house = new CrashHouse();
beforeAll(() => house.open());
afterEach(async () => {
  await house.killWorker();
  house.models.reset();
});
afterAll(() => house.close());

const model = 'openai/gpt-4.1-mini';
const ROUNDS = 20;

/** Of each step, how many of its requests were really sent. */
const callsOf = async (simulation: Started): Promise<Record<string, number>> => {
  const rows = await simulation.select<{ path: string; calls: number }>(
    'select path, count(*)::integer as calls from calls where simulation_id = $1 group by path',
  );
  return Object.fromEntries(rows.map(({ path, calls }) => [path.replace('t1/t1/0/', ''), calls]));
};

/** A calculation a round, each asked for once the one before is known; then an answer. */
function scriptRounds(): void {
  house.models.script(({ body }) => {
    const done = JSON.stringify(body.messages).match(/"role":"tool"/g)?.length ?? 0;
    return done < ROUNDS
      ? { toolCalls: [{ name: 'calculator', arguments: { expression: `${done}+1` } }] }
      : { text: 'Twenty results.' };
  });
}

test('an agent killed at its 19th tool call repeats that call alone', async () => {
  scriptRounds();
  await house.startWorker({ point: 'beforeCall', path: 't1/t1/0/think.19/tool.0' });
  const graph = crewOf({ agent: { tools: ['calculator'] } });
  const simulation = await house.engine.start({ graph, model });
  expect(await simulation.ended()).toMatchObject({ status: 'completed', outputPath: 't1/t1/0/think.21' });
  const calls = await callsOf(simulation);
  expect(Object.keys(calls)).toHaveLength(2 * ROUNDS + 1);
  expect(Object.entries(calls).filter(([, count]) => count !== 1)).toEqual([['think.19/tool.0', 2]]);
  expect(house.models.calls).toHaveLength(ROUNDS + 1);
});

test('killed when a verdict is on record, nothing is judged or written again', async () => {
  house.models.script([
    {
      match: { promptIncludes: 'You check answers' },
      times: 1,
      reply: { text: '{"valid": false, "feedback": "Say please."}' },
    },
    { match: { promptIncludes: 'You check answers' }, reply: { text: '{"valid": true, "feedback": null}' } },
    { match: { promptIncludes: 'Say please.' }, reply: { text: 'please do' } },
    { reply: { text: 'do' } },
  ]);
  await house.startWorker({ point: 'recorded', path: 't1/t1/0/judge.1.1' });
  const guardrails = [{ kind: 'model' as const, instruction: 'It is polite.' }];
  const simulation = await house.engine.start({ graph: crewOf({ tasks: [{ guardrails }] }), model });
  expect(await simulation.ended()).toMatchObject({ status: 'completed', outputPath: 't1/t1/0/think.2' });
  expect(await callsOf(simulation)).toEqual({ 'think.1': 1, 'judge.1.1': 1, 'think.2': 1, 'judge.1.2': 1 });
});
