import { create } from 'zustand';

/** How a step is shown while a fork is being thought of: what it would do with it. */
export type Paint = 'forkReused' | 'forkAnew' | 'forkEdited';

interface ForkPaint {
  /** By path; null while no fork is being thought of. */
  readonly steps: ReadonlyMap<string, Paint> | null;
}

export const useForkPaint = create<ForkPaint>()(() => ({ steps: null }));

export const paintFork = (steps: ForkPaint['steps']): void => useForkPaint.setState({ steps });
