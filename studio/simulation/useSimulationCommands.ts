import { useMutation } from '@tanstack/react-query';
import { problemOf } from '../problem.ts';
import { trpc } from '../trpc.ts';
import { toast } from '../ui/toasts.ts';

const onError = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });

/** Pause, resume, cancel, retry. What they did is told by the events that follow. */
export function useSimulationCommands(id: string | null, onRetried: () => void) {
  const pause = useMutation(trpc.simulations.pause.mutationOptions({ onError }));
  const resume = useMutation(trpc.simulations.resume.mutationOptions({ onError }));
  const cancel = useMutation(trpc.simulations.cancel.mutationOptions({ onError }));
  const retry = useMutation(trpc.simulations.retry.mutationOptions({ onError, onSuccess: onRetried }));
  const send = (command: { readonly mutate: (input: { id: string }) => void }) => () => {
    if (id !== null) command.mutate({ id });
  };
  return {
    pause: send(pause),
    resume: send(resume),
    cancel: send(cancel),
    retry: send(retry),
    isPending: pause.isPending || resume.isPending || cancel.isPending || retry.isPending,
  };
}
