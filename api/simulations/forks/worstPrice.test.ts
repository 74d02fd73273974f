import { expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { drawCrew, type SketchedTask } from '#workflows/graph/draw.ts';
import { ParentSteps } from '../../database/ledger/reuse/ParentSteps.ts';
import { type WorstPrice, worstPrice } from './worstPrice.ts';

const task = (id: string, rest: Partial<SketchedTask> = {}): SketchedTask => ({
  id,
  name: id,
  agent: 'w',
  description: 'x'.repeat(100),
  ...rest,
});

function price(model: string, tasks: SketchedTask[], options: Partial<WorstPrice> = {}) {
  const graph = drawCrew({
    process: 'parallel',
    agents: [{ id: 'w', name: 'w', model, maxTokens: 1_000 }],
    tasks,
  });
  const plan = compileGraph(graph, { defaultModel: 'demo/x' });
  return worstPrice({
    plan,
    inputs: new Map(),
    parent: new ParentSteps([], { untilSeq: 1, rerun: [] }),
    anew: tasks.map(({ id }) => ({ path: `t1/${id}/0/think.1`, nodeId: id, kind: 'model' })),
    answers: new Map(),
    lengthOf: () => 5_000,
    ...options,
  });
}

// gpt-4.1-mini: 0.4 micro-dollars a token in, 1.6 out.
const longestAnswer = 1_600;

it('counts the longest answer, and every character as a token', () => {
  const alone = price('openai/gpt-4.1-mini', [task('a')]) ?? 0;
  expect(alone).toBeGreaterThan(longestAnswer + 40);
  expect(alone).toBeLessThan(longestAnswer + 300);
});

it('counts what is read: answers that are there by their length, others as long as they may be', () => {
  const alone = price('openai/gpt-4.1-mini', [task('a')]) ?? 0;
  const two = price('openai/gpt-4.1-mini', [task('a'), task('b', { reads: ['a'] })]) ?? 0;
  expect(two - 2 * alone).toBeGreaterThanOrEqual(400);
  const known = price('openai/gpt-4.1-mini', [task('a'), task('b', { reads: ['a'] })], {
    answers: new Map([['a', { ref: 'r' }]]),
    anew: [{ path: 't1/b/0/think.1', nodeId: 'b', kind: 'model' }],
  });
  expect((known ?? 0) - alone).toBeGreaterThanOrEqual(2_000);
});

it('does not know the sum when it does not know a part, and takes nothing for free', () => {
  expect(price('openai/some-model-of-tomorrow', [task('a')])).toBeNull();
  expect(price('demo/x', [task('a')])).toBe(0);
  expect(price('openai/some-model-of-tomorrow', [task('a')], { anew: [] })).toBe(0);
});

it('counts the dearest of all who may be asked at a step', () => {
  const alone = price('openai/gpt-4.1-mini', [task('a')]) ?? 0;
  const guardrails = [{ kind: 'model' as const, instruction: 'Polite.', model: 'openai/gpt-4.1' }];
  const judged = price('openai/gpt-4.1-mini', [task('a', { guardrails })]) ?? 0;
  // gpt-4.1: five times the price of its small sister.
  expect(judged).toBe(5 * alone);
});
