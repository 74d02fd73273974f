import { useMutation } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../../problem.ts';
import { queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';

type Outputs = inferRouterOutputs<AppRouter>['admin'];
export type AdminUser = Outputs['users']['items'][number];
export type AdminWorkspace = Outputs['workspaces']['items'][number];

const done = (text: string) => async () => {
  toast({ text });
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: trpc.admin.pathKey() }),
    queryClient.invalidateQueries({ queryKey: trpc.workspaces.stopped.queryKey() }),
  ]);
};

/** Whoever closed the question for the password has seen it, and needs no word about it. */
const onError = (error: unknown) => {
  const { code, message } = problemOf(error);
  if (code !== 'session.notRecent') toast({ text: message, tone: 'fail' });
};

export const useUserCommands = ({ name }: AdminUser) => ({
  disable: useMutation(
    trpc.admin.disableUser.mutationOptions({ onSuccess: done(`${name} is signed out everywhere.`), onError }),
  ),
  enable: useMutation(
    trpc.admin.enableUser.mutationOptions({ onSuccess: done(`${name} can log in again.`), onError }),
  ),
  setRole: useMutation(
    trpc.admin.setRole.mutationOptions({ onSuccess: done(`The role of ${name} is changed.`), onError }),
  ),
});

export const useWorkspaceCommands = ({ name }: AdminWorkspace) => ({
  stop: useMutation(
    trpc.admin.stopWorkspace.mutationOptions({ onSuccess: done(`${name} is stopped.`), onError }),
  ),
  allow: useMutation(
    trpc.admin.allowWorkspace.mutationOptions({ onSuccess: done(`${name} goes on.`), onError }),
  ),
});
