import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { problemOf } from '../../problem.ts';
import { queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';

const onError = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });

/** Everything that shows agents of the library: the list, one of them, the palette. */
export const readLibraryAgain = () => queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() });

/** What can be done with an agent from wherever it is named. */
export function useAgentCommands({ onRemoved }: { readonly onRemoved?: () => void } = {}) {
  const said = (text: string) => async () => {
    toast({ text });
    await readLibraryAgain();
  };
  return {
    duplicate: useMutation(
      trpc.agents.duplicate.mutationOptions({ onError, onSuccess: said('Duplicated.') }),
    ),
    publish: useMutation(
      trpc.agents.save.mutationOptions({
        onError,
        onSuccess: ({ visibility }) =>
          said(visibility === 'public' ? 'Everybody may read and copy it now.' : 'It is yours alone now.')(),
      }),
    ),
    remove: useMutation(
      trpc.agents.delete.mutationOptions({
        onError,
        onSuccess: async () => {
          onRemoved?.();
          await said('Deleted.')();
        },
      }),
    ),
  };
}

/** Makes an agent and opens it. */
export function useNewAgent() {
  const navigate = useNavigate();
  const onSuccess = async ({ id }: { readonly id: string }) => {
    await readLibraryAgain();
    await navigate(`/agents/${id}`);
  };
  const create = useMutation(trpc.agents.create.mutationOptions({ onError, onSuccess }));
  const copy = useMutation(trpc.agents.duplicate.mutationOptions({ onError, onSuccess }));
  return {
    create: () => create.mutate({ name: 'New agent' }),
    copy: (id: string) => copy.mutate({ id }),
    isPending: create.isPending || copy.isPending,
  };
}
