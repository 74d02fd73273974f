import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { client } from '../../trpc.ts';
import { useDebounced } from '../../ui/useDebounced.ts';
import type { ForkRequest } from './forkDraft.ts';

export type ForkPreview = inferRouterOutputs<AppRouter>['simulations']['previewFork'];

// A hand that writes pauses longer than this between two thoughts.
const SETTLED_MS = 350;

/** By the request as JSON: a graph is compared faster as one text. */
export const forkPreviewQuery = (request: string) =>
  queryOptions({
    queryKey: ['fork preview', request],
    queryFn: () => client.simulations.previewFork.mutate(JSON.parse(request) as ForkRequest),
  });

/** What a fork would run, take over and cost. Follows what is written, once the hand rests. */
export function useForkPreview(request: ForkRequest | null) {
  const current = request === null ? null : JSON.stringify(request);
  const wanted = useDebounced(current, SETTLED_MS);
  const preview = useQuery({
    ...forkPreviewQuery(wanted ?? ''),
    enabled: wanted !== null,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  const isSettled = wanted === current;
  return { ...preview, isCurrent: isSettled && preview.isSuccess && !preview.isPlaceholderData };
}
