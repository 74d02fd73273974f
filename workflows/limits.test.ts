import { expect, test } from 'vitest';
import { compileGraph } from './graph/compile.ts';
import { looped, mapped } from './graph/controlExamples.ts';
import { chain } from './graph/examples.ts';
import type { CrewGraph } from './graph/schema.ts';
import { limitsOf } from './limits.ts';

const of = (graph: CrewGraph) => limitsOf(compileGraph(graph, { defaultModel: 'demo/x' }));

test('a crew may take all turns that its tasks may take, in all items and rounds', () => {
  expect(of(chain(3))).toEqual({ modelSteps: 1_000, toolSteps: 1_000 });
  expect(of(chain(200))).toEqual({ modelSteps: 5_200, toolSteps: 5_200 });
  // Two tasks for each of 1,000 items, and two around them.
  expect(of(mapped()).modelSteps).toBe(26 * 2_002);
  expect(of(looped({ maxRounds: 100 })).modelSteps).toBe(26 * 101);
});

test('what comes to more than a crew can sensibly do is cut off', () => {
  expect(of(mapped({ maxItems: 5_000 })).modelSteps).toBe(100_000);
});

test('the crew’s settings say otherwise', () => {
  const limits = { modelCalls: 5, toolCalls: 7, tokens: 9, wallMinutes: 2 };
  expect(of({ ...chain(3), settings: { limits } })).toEqual({
    modelSteps: 5,
    toolSteps: 7,
    tokens: 9,
    wallMs: 120_000,
  });
});
