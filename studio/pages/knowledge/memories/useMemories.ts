import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../../../problem.ts';
import { queryClient, trpc } from '../../../trpc.ts';
import { toast } from '../../../ui/toasts.ts';

type Outputs = inferRouterOutputs<AppRouter>['memories'];
export type Memory = Outputs['list']['items'][number];
export type Scope = Outputs['scopes']['items'][number];

export interface MemoryFilter {
  readonly crewId?: string | undefined;
  readonly agent?: string | undefined;
  readonly search?: string | undefined;
}

/** What crews remember for the person at the screen, learnt last first. */
export const useMemories = (filter: MemoryFilter) =>
  useInfiniteQuery(
    trpc.memories.list.infiniteQueryOptions(
      { limit: 50, ...filter },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: (earlier) => earlier },
    ),
  );

export const useScopes = () => useQuery(trpc.memories.scopes.queryOptions());

const reload = () => queryClient.invalidateQueries({ queryKey: trpc.memories.pathKey() });
const tell = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });

export function useMemoryCommands() {
  return {
    forget: useMutation(trpc.memories.delete.mutationOptions({ onSuccess: reload, onError: tell })),
    forgetCrew: useMutation(trpc.memories.forgetCrew.mutationOptions({ onSuccess: reload, onError: tell })),
  };
}
