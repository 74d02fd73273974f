import { useMutation, useQuery } from '@tanstack/react-query';
import { problemOf } from '../../problem.ts';
import { queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';

/** Somebody else may stop the workspace at any moment; a banner that is a minute late stops nothing by that. */
const LOOK_EVERY_MS = 60_000;

/** Whether the workspace is stopped; undefined until that is known. */
export function useStop() {
  const { data } = useQuery({
    ...trpc.workspaces.stopped.queryOptions(),
    staleTime: 30_000,
    refetchInterval: LOOK_EVERY_MS,
  });
  return data?.stop;
}

const readAgain = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: trpc.workspaces.stopped.queryKey() }),
    queryClient.invalidateQueries({ queryKey: trpc.simulations.pathKey() }),
    queryClient.invalidateQueries({ queryKey: trpc.audit.pathKey() }),
  ]);

const onError = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });

/** The switch, for owners. */
export const useStopCommands = () => ({
  stop: useMutation(
    trpc.workspaces.stop.mutationOptions({
      onSuccess: async () => {
        toast({ text: 'The workspace is stopped. What ran is paused.' });
        await readAgain();
      },
      onError,
    }),
  ),
  allow: useMutation(
    trpc.workspaces.allow.mutationOptions({
      onSuccess: async () => {
        toast({ text: 'The workspace goes on.' });
        await readAgain();
      },
      onError,
    }),
  ),
});
