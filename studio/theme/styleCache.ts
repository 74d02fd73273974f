import createCache from '@emotion/cache';

/** Vite writes it into the page, and the api gives it the value of this answer. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

/** Where Material's styles go. With the nonce they are allowed, and nothing else that is written into the page is. */
export const styleCache = createCache({ key: 'mui', ...(nonce ? { nonce } : {}) });
