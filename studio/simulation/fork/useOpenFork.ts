import { useSearchParams } from 'react-router';
import { useReplaying } from '../replay/useReplay.ts';
import type { ForkDraft } from './forkDraft.ts';
import { changeFork } from './forkStore.ts';

const FORK = 'fork';

/** Whether a fork is being thought of stands in the address, beside the moment. */
export function useIsForking(): readonly [boolean, (isForking: boolean) => void] {
  const [params, setParams] = useSearchParams();
  const set = (isForking: boolean) =>
    setParams(
      (before) => {
        if (isForking) before.set(FORK, '1');
        else before.delete(FORK);
        return before;
      },
      { replace: true },
    );
  return [params.has(FORK), set];
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
