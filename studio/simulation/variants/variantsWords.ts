import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { plural } from '../../ui/formats.ts';
import { priceWords } from '../fork/previewWords.ts';

export type VariantsPreview = inferRouterOutputs<AppRouter>['simulations']['previewVariants'];

/** `2 calls, at most $0.04. Nothing after this task runs.` */
export const variantsWords = (preview: VariantsPreview | undefined): string =>
  preview
    ? `${plural(preview.modelCalls, 'call')}, ${priceWords(preview)}. Nothing after this task runs.`
    : 'Counting what it costs';
