import { useMutation, useQuery } from '@tanstack/react-query';
import { problemOf } from './problem.ts';
import { queryClient, trpc } from './trpc.ts';
import { toast } from './ui/toasts.ts';

/** Who is signed in; null when nobody is. */
export const useAccount = () => useQuery({ ...trpc.users.me.queryOptions(), staleTime: 60_000 });

/** After somebody came or went, nothing that was read for somebody else may stay. */
export async function startAnew(): Promise<void> {
  queryClient.clear();
  await queryClient.fetchQuery(trpc.users.me.queryOptions());
}

export function useGuest() {
  return useMutation(
    trpc.users.guest.mutationOptions({
      onSuccess: startAnew,
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
    }),
  );
}

export function useLogout() {
  return useMutation(
    trpc.users.logout.mutationOptions({
      onSuccess: startAnew,
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
    }),
  );
}
