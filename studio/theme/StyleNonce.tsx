import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import type { ReactNode } from 'react';

/** Vite writes it into the page, and the api gives it the value of this answer. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;
const styles = createCache({ key: 'css', ...(nonce && { nonce }) });

/**
 * Lets Material's styles into a page that allows no others: every style element they are written into carries the
 * nonce. It must stand above the first component that has such styles.
 */
export const StyleNonce = ({ children }: { readonly children: ReactNode }) => (
  <CacheProvider value={styles}>{children}</CacheProvider>
);
