import { formatMoney } from '../../ui/formats.ts';
import type { ForkPreview } from './useForkPreview.ts';

type Counts = Pick<ForkPreview, 'reused' | 'rerun' | 'edited' | 'maxCostMicros'>;

/** `4 of 11`: what runs, of all there is. */
export const ranOf = ({ rerun, reused, edited }: Counts): string => `${rerun} of ${rerun + reused + edited}`;

/** `at most $0.38`, before anything is paid. */
export function priceWords({ maxCostMicros }: Pick<Counts, 'maxCostMicros'>): string {
  if (maxCostMicros === null) return 'at a price nobody knows';
  if (maxCostMicros === 0) return 'for nothing';
  return `at most ${formatMoney(maxCostMicros).replace(/(\.\d\d\d*?)0+$/, '$1')}`;
}

/** `7 are reused`, `7 are reused, 1 is in your words`. */
export function restWords({ reused, edited }: Counts): string {
  const parts = [
    `${reused === 0 ? 'none' : reused} ${reused === 1 ? 'is' : 'are'} reused`,
    edited > 0 && `${edited} ${edited === 1 ? 'is' : 'are'} in your words`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** `Runs 4 of 11 steps again, at most $0.38; 7 are reused.` */
export const previewWords = (preview: Counts): string =>
  `Runs ${ranOf(preview)} steps again, ${priceWords(preview)}; ${restWords(preview)}.`;
