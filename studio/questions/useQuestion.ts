import { useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useEffect } from 'react';
import type { AppRouter } from '#api/router.ts';
import { problemOf } from '../problem.ts';
import { useRun } from '../simulation/useSimulation.ts';
import { queryClient, trpc } from '../trpc.ts';
import { toast } from '../ui/toasts.ts';

export type Question = inferRouterOutputs<AppRouter>['questions']['get'];

const readAgain = () =>
  queryClient.invalidateQueries({ queryKey: trpc.questions.pathKey() }).catch(() => undefined);

/** A question, read again as soon as the simulation around it says that somebody has answered. */
export function useQuestion(id: string) {
  const question = useQuery(trpc.questions.get.queryOptions({ id }));
  const isOpen = question.data?.status === 'open';
  const isAsked = useRun(({ state }) => Object.hasOwn(state.questions, id));
  const isLive = useRun(({ connection }) => connection === 'live' || connection === 'ended');
  useEffect(() => {
    if (isOpen && isLive && !isAsked) void readAgain();
  }, [isOpen, isLive, isAsked]);
  return question;
}

/** Whoever is late learns at once who was faster: the question is read again, whatever came of the answer. */
export function useAnswer() {
  return useMutation(
    trpc.simulations.answer.mutationOptions({
      onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
      onSettled: readAgain,
    }),
  );
}
