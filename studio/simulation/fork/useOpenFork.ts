import { useAddressPart } from '../../ui/useAddress.ts';
import { useReplaying } from '../replay/useReplay.ts';
import type { ForkDraft } from './forkDraft.ts';
import { changeFork } from './forkStore.ts';

/** Whether a fork is being thought of stands in the address, beside the moment. */
export function useIsForking(): readonly [boolean, (isForking: boolean) => void] {
  const [fork, setFork] = useAddressPart('fork');
  return [fork !== null, (isForking) => setFork(isForking ? '1' : null)];
}

/** Opens the panel with something changed already, on what was changed before. */
export function useOpenFork(): (start?: Partial<ForkDraft>) => void {
  const simulationId = useReplaying().live.getState().simulationId ?? '';
  const [, setForking] = useIsForking();
  return (start = {}) => {
    changeFork(simulationId, (draft) => ({
      ...draft,
      ...start,
      path: start.path ?? null,
      isAnew: start.isAnew ?? false,
      answers: { ...draft.answers, ...start.answers },
    }));
    setForking(true);
  };
}
