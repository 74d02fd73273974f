import { useMutation } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../../../problem.ts';
import { queryClient, trpc } from '../../../trpc.ts';
import { toast } from '../../../ui/toasts.ts';

export type ToolServer = inferRouterOutputs<AppRouter>['mcpServers']['list']['items'][number];
export type ServerTool = ToolServer['tools'][number];

const readAgain = () => queryClient.invalidateQueries({ queryKey: trpc.mcpServers.pathKey() });
const failed = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });

function tell({ name, state, tools, failure }: ToolServer): void {
  if (failure) return toast({ text: `${name}: ${failure.message}`, tone: 'fail' });
  if (state === 'changed') return toast({ text: `${name} has other tools than you agreed to.` });
  if (state === 'unseen') return toast({ text: `${name} has not been looked at yet.`, tone: 'fail' });
  toast({ text: `${name} offers ${tools.length === 1 ? 'one tool' : `${tools.length} tools`}.` });
}

const lookedAt = async (server: ToolServer) => {
  tell(server);
  await readAgain();
};

/** What can be done with tool servers. The dialog shows by itself what was wrong with what was entered. */
export const useToolServerCommands = () => ({
  create: useMutation(trpc.mcpServers.create.mutationOptions({ onSuccess: lookedAt, onError: readAgain })),
  refresh: useMutation(trpc.mcpServers.refresh.mutationOptions({ onSuccess: lookedAt, onError: failed })),
  confirm: useMutation(
    trpc.mcpServers.confirm.mutationOptions({ onSuccess: lookedAt, onError: failed, onSettled: readAgain }),
  ),
  remove: useMutation(
    trpc.mcpServers.delete.mutationOptions({
      onSuccess: async () => {
        toast({ text: 'Removed.' });
        await readAgain();
      },
      onError: failed,
    }),
  ),
});
