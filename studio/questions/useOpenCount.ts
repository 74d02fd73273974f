import { useQuery } from '@tanstack/react-query';
import { trpc } from '../trpc.ts';

const POLL_MS = 4_000;

/** How many questions wait for somebody to answer. */
export const useOpenCount = (): number =>
  useQuery(trpc.questions.count.queryOptions(undefined, { refetchInterval: POLL_MS })).data?.open ?? 0;
