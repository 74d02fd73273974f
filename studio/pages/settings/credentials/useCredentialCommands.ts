import { useMutation } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../../../problem.ts';
import { queryClient, trpc } from '../../../trpc.ts';
import { toast } from '../../../ui/toasts.ts';

export type Credential = inferRouterOutputs<AppRouter>['credentials']['list']['items'][number];

/** Which models can be used depends on the keys. */
async function readAgain(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: trpc.credentials.pathKey() }),
    queryClient.invalidateQueries({ queryKey: trpc.models.pathKey() }),
  ]);
}

const said = (text: string) => async () => {
  toast({ text });
  await readAgain();
};

/** What can be done with credentials. Dialogs show by themselves what was wrong with what was entered. */
export const useCredentialCommands = () => ({
  create: useMutation(trpc.credentials.create.mutationOptions({ onSuccess: said('Saved and encrypted.') })),
  save: useMutation(trpc.credentials.save.mutationOptions({ onSuccess: said('Saved.') })),
  replace: useMutation(
    trpc.credentials.replace.mutationOptions({ onSuccess: said('The secret was replaced.') }),
  ),
  remove: useMutation(
    trpc.credentials.delete.mutationOptions({
      onSuccess: said('Deleted.'),
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
    }),
  ),
});
