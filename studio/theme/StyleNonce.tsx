import { __unsafe_useEmotionCache as useStyleCache } from '@emotion/react';
import type { ReactNode } from 'react';

/** Vite writes it into the page, and the api gives it the value of this answer. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

/**
 * Lets Material's styles into a page that allows no others: every style element it makes carries the nonce. It must
 * stand above the first component that has such styles.
 */
export function StyleNonce({ children }: { readonly children: ReactNode }) {
  const cache = useStyleCache();
  if (cache && nonce) {
    cache.nonce = nonce;
    cache.sheet.nonce = nonce;
  }
  return children;
}
