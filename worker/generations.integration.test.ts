import { describe, expect, test } from 'vitest';
import { crewOf } from './testing/crewOf.ts';
import { lastMessageOf } from './testing/messagesOf.ts';
import { answerAt, pathsOf } from './testing/pathsOf.ts';
import { useEngine } from './testing/useEngine.ts';

const at = useEngine();
const model = 'openai/some-local-model';
const schema = { type: 'object', properties: { legs: { type: 'integer' } }, required: ['legs'] };
const graph = crewOf({ tasks: [{}, { outputSchema: schema }, {}] });

/** Of three tasks, the second comes to no JSON: not in four calls, as long as the test says so. */
function answering(isAble: () => boolean) {
  return ({ prompt }: { prompt: string }) => {
    const isSecond = prompt.includes('Do t2.') || prompt.includes('You turn texts into JSON');
    if (!isSecond) return { text: 'A word.' };
    return { text: isAble() ? '{"legs": 4}' : 'no JSON' };
  };
}

const OF_FIRST = ['t2/0/think.1', 't2/0/repair.1', 't2/0/repair.2', 't2/0/repair.3'];

describe('a task that came to nothing although all its steps ended', () => {
  test('is done anew by a retry, in its next generation, and nothing else is', async () => {
    const { engine, models } = at();
    let isAble = false;
    models.script(answering(() => isAble));
    const simulation = await engine.start({ graph, model });
    expect((await simulation.ended()).failure).toMatchObject({ code: 'output.invalid' });
    await simulation.retry();
    expect((await simulation.ended()).failure).toMatchObject({ code: 'output.invalid' });
    expect(models.calls).toHaveLength(1 + 4 + 4);
    isAble = true;
    await simulation.retry();
    expect((await simulation.ended()).status).toBe('completed');
    const ofSecond = OF_FIRST.map((path) => path.replace('/0/', '/1/'));
    expect(await pathsOf(simulation)).toEqual([
      't1/0/think.1',
      ...OF_FIRST,
      ...ofSecond,
      't2/2/think.1',
      't3/0/think.1',
    ]);
    expect(lastMessageOf(models.calls.at(-1))).toContain('{"legs": 4}');
  });

  test('is taken over by a fork as it came out at last', async () => {
    const { engine, models } = at();
    let isAble = false;
    models.script(answering(() => isAble));
    const parent = await engine.start({ graph, model });
    await parent.ended();
    isAble = true;
    await parent.retry();
    expect((await parent.ended()).status).toBe('completed');
    const before = models.calls.length;
    const fork = await engine.start({ graph, model, fork: { of: parent } });
    expect((await fork.ended()).status).toBe('completed');
    expect(models.calls).toHaveLength(before);
    expect(await answerAt(fork, 't2/0/think.1')).toBe('{"legs": 4}');
  });

  test('is done anew by the retry of a fork too, whatever the parent has', async () => {
    const { engine, models } = at();
    let isAble = false;
    models.script(answering(() => isAble));
    const parent = await engine.start({ graph, model });
    await parent.ended();
    const fork = await engine.start({ graph, model, fork: { of: parent } });
    expect((await fork.ended()).failure).toMatchObject({ code: 'output.invalid' });
    expect(models.calls).toHaveLength(5);
    isAble = true;
    await fork.retry();
    expect((await fork.ended()).status).toBe('completed');
    expect(models.calls).toHaveLength(5 + 2);
  });
});

test('a guardrail that held back every answer is given another chance by a retry', async () => {
  const { engine, models } = at();
  const rule = { path: 'output', op: 'contains', value: 'good' } as const;
  let isAble = false;
  models.script(() => ({ text: isAble ? 'good' : 'bad' }));
  const simulation = await engine.start({
    graph: crewOf({
      tasks: [{ guardrails: [{ kind: 'rule', rule, message: 'Say good.' }], guardrailMaxRetries: 1 }],
    }),
    model,
  });
  expect((await simulation.ended()).failure).toMatchObject({ code: 'guardrail.failed' });
  isAble = true;
  await simulation.retry();
  expect((await simulation.ended()).status).toBe('completed');
  expect(await pathsOf(simulation)).toEqual(['t1/0/think.1', 't1/0/think.2', 't1/1/think.1']);
});
