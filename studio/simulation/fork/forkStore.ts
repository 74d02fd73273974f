import { create } from 'zustand';
import { emptyDraft, type ForkDraft } from './forkDraft.ts';

interface ForkStore {
  /** Which simulation is being thought about. */
  readonly simulationId: string | null;
  readonly draft: ForkDraft;
}

/** The fork that is being thought of. It stays while one looks around on the page, and is gone with it. */
const useForkStore = create<ForkStore>()(() => ({ simulationId: null, draft: emptyDraft }));

export const useForkDraft = (simulationId: string): ForkDraft =>
  useForkStore((store) => (store.simulationId === simulationId ? store.draft : emptyDraft));

export const changeFork = (simulationId: string, change: (draft: ForkDraft) => ForkDraft): void =>
  useForkStore.setState((store) => ({
    simulationId,
    draft: change(store.simulationId === simulationId ? store.draft : emptyDraft),
  }));
