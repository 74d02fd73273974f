import { useMutation } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../../../problem.ts';
import { queryClient, trpc } from '../../../trpc.ts';
import { toast } from '../../../ui/toasts.ts';

export type Member = inferRouterOutputs<AppRouter>['members']['list']['items'][number];
export type Invitation = inferRouterOutputs<AppRouter>['invitations']['list']['items'][number];

const onError = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });

/** After any of them lists, and what one may do, are read again. */
const readAgain = () =>
  Promise.all(
    [trpc.members.pathKey(), trpc.invitations.pathKey(), trpc.workspaces.list.pathKey()].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );

export function useMemberCommands() {
  const options = { onError, onSettled: readAgain };
  return {
    changeRole: useMutation(trpc.members.changeRole.mutationOptions(options)),
    remove: useMutation(trpc.members.remove.mutationOptions(options)),
    revoke: useMutation(trpc.invitations.revoke.mutationOptions(options)),
    invite: useMutation(trpc.invitations.create.mutationOptions({ onSettled: readAgain })),
    leave: useMutation(trpc.members.leave.mutationOptions({ onError })),
  };
}
