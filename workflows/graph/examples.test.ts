import { describe, expect, it } from 'vitest';
import { compileGraph } from './compile.ts';
import { asyncJoin, chain, diamond, parallelJoin, samples, toolDiamond, toolLoop } from './examples.ts';
import { findInputs } from './inputs.ts';
import { CrewGraph } from './schema.ts';
import { validateGraph } from './validate.ts';

const waits = (graph: CrewGraph) =>
  compileGraph(graph, { defaultModel: 'demo/stand-in' }).tasks.map(
    ({ nodeId, waitsFor }) => `${nodeId} < ${waitsFor.join(' ')}`,
  );

describe('samples', () => {
  it.each(samples.map((sample) => [sample.key, sample] as const))('%s has nothing to fix', (_, sample) => {
    expect(validateGraph(sample.graph)).toEqual([]);
    expect(CrewGraph.parse(sample.graph)).toEqual(sample.graph);
    expect(findInputs(sample.graph).length).toBeGreaterThan(1);
    expect(compileGraph(sample.graph, { defaultModel: 'demo/stand-in' }).tasks.length).toBeGreaterThan(2);
  });

  it('have keys of their own and ask for inputs that people understand', () => {
    expect(samples.map(({ key, graph }) => [key, findInputs(graph)])).toEqual([
      ['market-entry', ['country', 'product']],
      ['launch-newsletter', ['audience', 'product', 'news']],
      ['lesson-planner', ['grade', 'minutes', 'topic']],
      ['trip-budget', ['destination', 'days', 'travellers', 'budget']],
    ]);
  });
});

describe('small crews', () => {
  it('are what they say', () => {
    expect(waits(chain(3))).toEqual(['t1 < ', 't2 < t1', 't3 < t2']);
    expect(waits(diamond)).toEqual(['start < ', 'left < start', 'right < start', 'join < left right']);
    expect(waits(parallelJoin(2))).toEqual(['t1 < ', 't2 < ', 'join < t1 t2']);
    expect(waits(asyncJoin)).toEqual([
      'first < ',
      'second < first',
      'third < first',
      'last < first second third',
    ]);
    expect(waits(toolLoop)).toEqual(['sum < ']);
    expect(waits(toolDiamond)).toEqual(waits(diamond));
  });

  it('have nothing to fix', () => {
    for (const graph of [chain(3), diamond, parallelJoin(3), asyncJoin, toolLoop, toolDiamond]) {
      expect(validateGraph(graph)).toEqual([]);
    }
  });
});
