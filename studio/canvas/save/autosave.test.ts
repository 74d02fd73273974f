import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chain } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { type AutosaveOptions, createAutosave, type SaveResult } from './autosave.ts';

const [one, two, three] = [chain(1), chain(2), chain(3)];

function setUp(...results: SaveResult[]) {
  const save = vi.fn<AutosaveOptions<CrewGraph>['save']>(
    async (_, version) => results.shift() ?? { kind: 'saved', version: version + 1 },
  );
  const states: string[] = [];
  const autosave = createAutosave({ version: 7, save, onState: (state) => states.push(state) });
  return { autosave, save, states };
}

describe('autosave', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('waits for a pause and saves the last graph once', async () => {
    const { autosave, save, states } = setUp();
    autosave.note(one);
    await vi.advanceTimersByTimeAsync(500);
    autosave.note(two);
    await vi.advanceTimersByTimeAsync(799);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(save.mock.calls).toEqual([[two, 7]]);
    expect(states).toEqual(['unsaved', 'unsaved', 'saving', 'saved']);
  });

  it('does not wait longer than five seconds for a pause that never comes', async () => {
    const { autosave, save } = setUp();
    for (let ms = 0; ms < 5_000; ms += 500) {
      autosave.note(ms % 1_000 === 0 ? one : two);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(save).toHaveBeenCalledTimes(1);
  });

  it('saves from the version that the last save made', async () => {
    const { autosave, save } = setUp();
    autosave.note(one);
    await autosave.flush();
    autosave.note(two);
    await autosave.flush();
    expect(save.mock.calls.map(([, version]) => version)).toEqual([7, 8]);
  });

  it('saves again what was drawn while it saved', async () => {
    const { autosave, save, states } = setUp();
    autosave.note(one);
    const saving = autosave.flush();
    autosave.note(three);
    expect(await saving).toBe(true);
    expect(save.mock.calls).toEqual([
      [one, 7],
      [three, 8],
    ]);
    expect(states.at(-1)).toBe('saved');
  });

  it('keeps trying, less and less often, until somebody answers', async () => {
    const { autosave, save, states } = setUp({ kind: 'offline' }, { kind: 'offline' });
    autosave.note(one);
    expect(await autosave.flush()).toBe(false);
    expect(states.at(-1)).toBe('offline');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(save).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(save).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(states.at(-1)).toBe('saved');
  });

  it('stops at a conflict until a person has decided', async () => {
    const { autosave, save, states } = setUp({ kind: 'conflict' });
    autosave.note(one);
    await autosave.flush();
    autosave.note(two);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(states.at(-1)).toBe('conflict');
    autosave.restart(12);
    autosave.note(three);
    await autosave.flush();
    expect(save.mock.calls.at(-1)).toEqual([three, 12]);
  });

  it('has nothing to save when nothing was drawn', async () => {
    const { autosave, save } = setUp();
    expect(await autosave.flush()).toBe(true);
    expect(save).not.toHaveBeenCalled();
  });
});
