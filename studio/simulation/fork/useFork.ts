import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { newId } from '../../canvas/commands/newId.ts';
import { problemOf } from '../../problem.ts';
import { client, queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';
import type { ForkRequest } from './forkDraft.ts';

/** Starts a fork and goes to it. The key makes one fork of a request that the network repeats. */
export function useFork() {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (request: ForkRequest) =>
      client.simulations.fork.mutate({ ...request, idempotencyKey: newId() }),
    onSuccess: ({ id }) => {
      for (const queryKey of [trpc.simulations.list.pathKey(), trpc.simulations.tree.pathKey()])
        queryClient.invalidateQueries({ queryKey }).catch(() => undefined);
      Promise.resolve(navigate(`/simulations/${id}`)).catch(() => undefined);
    },
    onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
  });
}
