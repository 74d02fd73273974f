import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { queryClient, trpc } from '../trpc.ts';
import { followSimulation } from './followSimulation.ts';
import { createRunStore, type RunState, type RunStore } from './runStore.ts';

const noRun = createRunStore(null);

/** The run that a canvas or a page shows; one that never starts when there is none. */
export const RunContext = createContext<RunStore>(noRun);

export const useRunStore = (): RunStore => useContext(RunContext);

export const useRun = <T>(selector: (run: RunState) => T): T => useStore(useRunStore(), selector);

const selectStatus = (run: RunState) => run.state.status;

/** What the api knows of a simulation whose status changed: its output, and its line in every list. */
function readAgain(id: string): void {
  for (const queryKey of [
    trpc.simulations.get.queryKey({ id }),
    trpc.simulations.list.pathKey(),
    trpc.crews.list.pathKey(),
  ]) {
    queryClient.invalidateQueries({ queryKey }).catch(() => undefined);
  }
}

/**
 * A simulation as it is: its events folded into a store, live, and what only the api knows (output, files, graph).
 * A page follows one simulation; a browser allows few open streams.
 */
export function useSimulation(id: string | null, { keepsAll = false } = {}) {
  const run = useMemo(() => (id === null ? noRun : createRunStore(id, { keepsAll })), [id, keepsAll]);
  const status = useStore(run, selectStatus);
  // A retry opens a closed simulation again: following starts anew from the last number.
  const [round, setRound] = useState(0);
  useEffect(() => {
    // A round is a reason to follow again, nothing that is read.
    void round;
    return id === null ? undefined : followSimulation(id, run);
  }, [id, run, round]);
  const view = useQuery({
    ...trpc.simulations.get.queryOptions({ id: id ?? '' }),
    enabled: id !== null,
    refetchOnWindowFocus: false,
  });
  // While the past is read the status runs through all it has been; only then is it worth asking whether the api knew.
  const isReading = useStore(run, ({ connection }) => connection === 'connecting');
  const known = view.data?.status;
  useEffect(() => {
    const isBehind = known !== undefined && known !== status && status !== 'queued';
    if (id !== null && !isReading && isBehind) readAgain(id);
  }, [id, isReading, known, status]);
  return { run, view, followAgain: () => setRound((count) => count + 1) };
}
