import { describe, expect, it } from 'vitest';
import { diamond } from '#workflows/graph/examples.ts';
import {
  changesOf,
  emptyDraft,
  type ForkDraft,
  forkRequest,
  isEdited,
  withAgent,
  withTask,
  withText,
} from './forkDraft.ts';

const agent = diamond.nodes.find((node) => node.kind === 'agent');
const id = agent?.id ?? '';
const path = 't1/left/0/think.1';
const changed = withAgent(emptyDraft, diamond, { id, field: 'goal', value: 'Hedge' });

describe('what a fork changes', () => {
  it('is only what differs', () => {
    expect(changed.agents).toEqual({ [id]: { goal: 'Hedge' } });
    const back = withAgent(changed, diamond, { id, field: 'goal', value: agent?.data.goal });
    expect(back).toEqual(emptyDraft);
    expect(isEdited(back)).toBe(false);
  });

  it('is told in words, and each can be taken back', () => {
    const draft = {
      ...withTask(changed, diamond, { id: 'left', field: 'description', value: 'Otherwise' }),
      inputs: withText({}, { name: 'town', text: 'Faro', before: 'Porto' }),
      answers: { [path]: 'Mine' },
    };
    const changes = changesOf(draft, diamond);
    expect(changes.map(({ words }) => words)).toEqual([
      `${agent?.data.name}’s goal`,
      expect.stringMatching(/’s description$/),
      'input town',
      expect.stringMatching(/’s answer$/),
    ]);
    expect(changes.reduce<ForkDraft>((left, { undo }) => undo(left), draft)).toEqual(emptyDraft);
  });
});

describe('what is asked', () => {
  it('is the moment, with what changes', () => {
    expect(forkRequest({ id: 's', draft: changed, atSeq: 12 })).toEqual({
      id: 's',
      atSeq: 12,
      sideEffects: 'simulate',
      edits: { agents: { [id]: { goal: 'Hedge' } }, tasks: {} },
    });
  });

  it('is the step alone where it is only to run anew', () => {
    const draft = { ...emptyDraft, path, isAnew: true };
    expect(forkRequest({ id: 's', draft, atSeq: 12 })).toEqual({
      id: 's',
      fromPath: path,
      sideEffects: 'simulate',
    });
  });

  it('is the moment and the step where something changes too', () => {
    const draft = { ...changed, path, isAnew: true };
    expect(forkRequest({ id: 's', draft, atSeq: 12 })).toMatchObject({ atSeq: 12, rerun: [path] });
  });

  it('runs nothing anew that is said in other words', () => {
    const draft = { ...emptyDraft, path, isAnew: true, answers: { [path]: 'Mine' } };
    expect(forkRequest({ id: 's', draft, atSeq: null })).toEqual({
      id: 's',
      sideEffects: 'simulate',
      answers: { [path]: 'Mine' },
    });
  });
});
