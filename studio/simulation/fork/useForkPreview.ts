import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { client } from '../../trpc.ts';
import type { ForkRequest } from './forkDraft.ts';
import { useDebounced } from './useDebounced.ts';

export type ForkPreview = inferRouterOutputs<AppRouter>['simulations']['previewFork'];

// A hand that writes pauses longer than this between two thoughts.
const SETTLED_MS = 350;

/** What a fork would run, take over and cost. Follows what is written, once the hand rests. */
export function useForkPreview(request: ForkRequest | null) {
  const wanted = useDebounced(request === null ? null : JSON.stringify(request), SETTLED_MS);
  const preview = useQuery({
    queryKey: ['fork preview', wanted],
    queryFn: () => client.simulations.previewFork.mutate(JSON.parse(wanted ?? '') as ForkRequest),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  const isSettled = wanted === (request === null ? null : JSON.stringify(request));
  return { ...preview, isCurrent: isSettled && preview.isSuccess && !preview.isPlaceholderData };
}
