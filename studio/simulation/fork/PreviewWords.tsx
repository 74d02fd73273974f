import { priceWords, ranOf, restWords } from './previewWords.ts';
import type { ForkPreview } from './useForkPreview.ts';

/** The sentence of `previewWords`, with its figures in bold. */
export const PreviewWords = ({ preview }: { readonly preview: ForkPreview }) => (
  <>
    Runs <b>{ranOf(preview)}</b> steps again, <b>{priceWords(preview)}</b>; {restWords(preview)}.
  </>
);
