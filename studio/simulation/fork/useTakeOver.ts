import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Drawn, isWorthIt, lastEnded, latestQuery, type TakeOver, takeOverRequest } from './takeOver.ts';
import { useForkPreview } from './useForkPreview.ts';

/** The choice before a run of a crew that has run before, and what it would cost. Anew until one chooses otherwise. */
export function useTakeOver(crewId: string, drawn: Drawn) {
  const latest = useQuery(latestQuery(crewId));
  const last = lastEnded(latest.data?.items ?? []);
  const [wanted, setWanted] = useState<Omit<TakeOver, 'parentId'> & { readonly isWanted: boolean }>({
    isWanted: false,
    sideEffects: 'simulate',
  });
  const takeOver = last ? { parentId: last.id, sideEffects: wanted.sideEffects } : null;
  const preview = useForkPreview(takeOver && takeOverRequest(takeOver, drawn));
  const isPossible = preview.data !== undefined && !preview.isError && isWorthIt(preview.data);
  return {
    last,
    preview,
    isPossible,
    sideEffects: wanted.sideEffects,
    /** What is to be taken over; null to start anew. */
    chosen: wanted.isWanted && isPossible ? takeOver : null,
    /** The figures are of what is written now, so that it may begin. */
    isCounted: preview.isCurrent,
    choose: (isWanted: boolean) => setWanted((before) => ({ ...before, isWanted })),
    setSideEffects: (sideEffects: TakeOver['sideEffects']) =>
      setWanted((before) => ({ ...before, sideEffects })),
  };
}
