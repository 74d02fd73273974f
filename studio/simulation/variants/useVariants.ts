import { useMutation, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useNavigate } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { newId } from '../../canvas/commands/newId.ts';
import { problemOf } from '../../problem.ts';
import { client, queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';
import { useAddressPart } from '../../ui/useAddress.ts';
import { isClosed } from '../runStore.ts';
import { type VariantDraft, variantChange } from './variantDraft.ts';

export type VariantList = inferRouterOutputs<AppRouter>['simulations']['variants'];
export type Variant = VariantList['items'][number];

/** The step whose variants lie open; in the address. */
export const useOpenVariants = () => useAddressPart('variants');

const POLL_MS = 1_200;

/** Asked again while one of them is at work: a page follows one stream, and these are many. */
export const useVariants = (id: string, path: string) =>
  useQuery(
    trpc.simulations.variants.queryOptions(
      { id, path },
      {
        refetchInterval: ({ state }) =>
          state.data?.items.some(({ status }) => !isClosed(status)) ? POLL_MS : false,
      },
    ),
  );

const onError = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });

export function useStartVariants(id: string, path: string, onStarted: () => void) {
  return useMutation({
    mutationFn: (drafts: readonly VariantDraft[]) =>
      client.simulations.startVariants.mutate({
        id,
        path,
        variants: drafts.map(variantChange),
        idempotencyKey: newId(),
      }),
    onSuccess: async () => {
      onStarted();
      await queryClient.invalidateQueries({ queryKey: trpc.simulations.variants.queryKey({ id, path }) });
    },
    onError,
  });
}

/** Goes on with one of them, and goes there. */
export function useKeepVariant(id: string) {
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (variantId: string) => client.simulations.keepVariant.mutate({ id, variantId }),
    onSuccess: (kept) => {
      queryClient.invalidateQueries({ queryKey: trpc.simulations.pathKey() }).catch(() => undefined);
      Promise.resolve(navigate(`/simulations/${kept.id}`)).catch(() => undefined);
    },
    onError,
  });
}
