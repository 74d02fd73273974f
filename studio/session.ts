import { hashKey, useMutation, useQuery } from '@tanstack/react-query';
import { problemOf } from './problem.ts';
import { queryClient, trpc } from './trpc.ts';
import { toast } from './ui/toasts.ts';
import { rememberWorkspace } from './workspace/chosenWorkspace.ts';

/** Who is signed in; null when nobody is. */
export const useAccount = () => useQuery({ ...trpc.users.me.queryOptions(), staleTime: 60_000 });

/**
 * After somebody came or went, nothing that was read for somebody else may stay. The account itself is read again in
 * its place: a query that is cleared away is no longer heard by the page that shows it.
 */
export async function startAnew(): Promise<void> {
  rememberWorkspace(null);
  const me = trpc.users.me.queryOptions();
  queryClient.removeQueries({ predicate: ({ queryKey }) => hashKey(queryKey) !== hashKey(me.queryKey) });
  await queryClient.fetchQuery({ ...me, staleTime: 0 });
}

/** After something about the account itself was changed. */
export const readAccountAgain = (): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: trpc.users.me.queryKey() });

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
