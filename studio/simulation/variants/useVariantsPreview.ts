import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client } from '../../trpc.ts';
import { useDebounced } from '../../ui/useDebounced.ts';
import { type VariantDraft, variantChange } from './variantDraft.ts';

// As for forks: a hand that writes pauses longer than this between two thoughts.
const SETTLED_MS = 350;

/** What the variants that are written would call and cost. Follows what is written, once the hand rests. */
export function useVariantsPreview(id: string, path: string, drafts: readonly VariantDraft[]) {
  const current = JSON.stringify(drafts.map(variantChange));
  const wanted = useDebounced(current, SETTLED_MS);
  const preview = useQuery({
    queryKey: ['variants preview', id, path, wanted],
    queryFn: () =>
      client.simulations.previewVariants.mutate({
        id,
        path,
        variants: JSON.parse(wanted) as ReturnType<typeof variantChange>[],
      }),
    enabled: wanted !== '[]',
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  });
  return {
    ...preview,
    isCurrent: wanted === current && preview.isSuccess && !preview.isPlaceholderData,
  };
}
