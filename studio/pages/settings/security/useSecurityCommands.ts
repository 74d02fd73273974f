import { useMutation } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../../../problem.ts';
import { startAnew } from '../../../session.ts';
import { queryClient, trpc } from '../../../trpc.ts';
import { plural } from '../../../ui/formats.ts';
import { toast } from '../../../ui/toasts.ts';

export type Device = inferRouterOutputs<AppRouter>['sessions']['list']['items'][number];
export type SecondFactor = inferRouterOutputs<AppRouter>['secondFactor']['get'];

const readAgain = () =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: trpc.sessions.pathKey() }),
    queryClient.invalidateQueries({ queryKey: trpc.secondFactor.pathKey() }),
  ]);

/** Whoever closed the question for the password has seen it, and needs no word about it. */
const failed = (error: unknown) => {
  const { code, message } = problemOf(error);
  if (code !== 'session.notRecent') toast({ text: message, tone: 'fail' });
};

/** What can be done with devices. */
export const useDeviceCommands = (device?: Device) => ({
  close: useMutation(
    trpc.sessions.close.mutationOptions({
      onSuccess: async () => {
        if (device?.isCurrent) return startAnew();
        toast({ text: `${device?.device.name ?? 'The device'} is signed out.` });
        await readAgain();
      },
      onError: failed,
    }),
  ),
  closeOthers: useMutation(
    trpc.sessions.closeOthers.mutationOptions({
      onSuccess: async ({ closed }) => {
        toast({ text: `${plural(closed, 'device')} signed out.` });
        await readAgain();
      },
      onError: failed,
    }),
  ),
});

/** What can be done with two-step login. Dialogs show by themselves what was wrong with a code. */
export const useTwoStepCommands = () => ({
  prepare: useMutation(trpc.secondFactor.prepare.mutationOptions({ onError: failed })),
  enable: useMutation(trpc.secondFactor.enable.mutationOptions({ onSuccess: () => void readAgain() })),
  renewCodes: useMutation(
    trpc.secondFactor.renewCodes.mutationOptions({ onSuccess: () => void readAgain(), onError: failed }),
  ),
  disable: useMutation(
    trpc.secondFactor.disable.mutationOptions({
      onSuccess: async () => {
        toast({ text: 'Two-step login is off.' });
        await readAgain();
      },
    }),
  ),
});
