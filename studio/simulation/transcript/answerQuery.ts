import { queryOptions } from '@tanstack/react-query';
import { client } from '../../trpc.ts';

/** The whole answer of a finished step. Only its words are kept: prompts can be long, and a transcript holds many. */
export const answerQuery = (simulationId: string, path: string) =>
  queryOptions({
    queryKey: ['answer', simulationId, path],
    queryFn: async () => (await client.simulations.step.query({ id: simulationId, path })).answer ?? '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
