import { describe, expect, it } from 'vitest';
import { compileGraph } from '#workflows/graph/compile.ts';
import { diamond } from '#workflows/graph/examples.ts';
import { type ReuseWish, reuseRule } from './forkRule.ts';

const plan = compileGraph(diamond, { defaultModel: 'demo/x' });
const pathOf = (nodeId: string, step = 'think.1') => `t1/${nodeId}/0/${step}`;
const ruleOf = (wish: Partial<ReuseWish>) =>
  reuseRule({
    plan,
    lastSeq: 40,
    atSeq: undefined,
    fromPath: undefined,
    rerun: [],
    isEdited: false,
    paths: ['start', 'left', 'right', 'join'].map((id) => pathOf(id)),
    ...wish,
  });

describe('without an edit', () => {
  it('takes what had ended at the moment, or everything', () => {
    expect(ruleOf({ atSeq: 12 })).toEqual({ untilSeq: 12, rerun: [] });
    expect(ruleOf({})).toEqual({ untilSeq: 40, rerun: [] });
  });

  it('runs a step anew with what follows it, and not its neighbours', () => {
    const paths = ['think.1', 'think.1/tool.0', 'think.1/tool.1', 'think.2'].map((step) =>
      pathOf('left', step),
    );
    const after = { untilSeq: 40, rerunTasks: ['join'] };
    expect(ruleOf({ fromPath: paths[0], paths })).toEqual({ ...after, rerun: paths });
    expect(ruleOf({ fromPath: paths[1], paths })).toEqual({ ...after, rerun: [paths[1], paths[3]] });
  });
});

describe('with an edit', () => {
  it('takes all that is paid, and of what people said only what came before the moment', () => {
    expect(ruleOf({ isEdited: true, atSeq: 12 })).toEqual({ untilSeq: 40, saidUntilSeq: 12, rerun: [] });
    expect(ruleOf({ isEdited: true })).toEqual({ untilSeq: 40, rerun: [] });
  });

  it('runs anew what is named and leaves what follows to what it asks', () => {
    const rule = { untilSeq: 40, rerun: [pathOf('left')] };
    expect(ruleOf({ isEdited: true, fromPath: pathOf('left') })).toEqual(rule);
    expect(ruleOf({ isEdited: true, rerun: [pathOf('left')] })).toEqual(rule);
  });
});
