import { useEffect } from 'react';
import { useLocation } from 'react-router';

/** The token that a mailed link carries in its fragment. It does not stay in the address, where others would see it. */
export function useLinkToken(): string {
  const { hash, pathname } = useLocation();
  useEffect(() => {
    if (hash !== '') window.history.replaceState(window.history.state, '', pathname);
  }, [hash, pathname]);
  return hash.slice(1);
}
