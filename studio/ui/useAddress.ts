import { useCallback, useEffect, useRef } from 'react';
import { useSearchParams } from 'react-router';

type Change = (params: URLSearchParams) => void;

/**
 * What stands behind the `?`, and how it is changed. Several parts of a page write there within a moment, some of them
 * late: each begins with the address as it is by then, since what was rendered last may lack what another has just
 * written. No change makes another entry in the browser's history.
 */
export function useAddress(): readonly [URLSearchParams, (change: Change) => void] {
  const [params, setParams] = useSearchParams();
  const latest = useRef(setParams);
  useEffect(() => {
    latest.current = setParams;
  }, [setParams]);
  const change = useCallback((write: Change) => {
    const now = new URLSearchParams(window.location.search);
    write(now);
    latest.current(now, { replace: true });
  }, []);
  return [params, change];
}

/** One name of the address: what it says, and how it is said or taken away. */
export function useAddressPart(name: string): readonly [string | null, (value: string | null) => void] {
  const [params, change] = useAddress();
  const set = (value: string | null) =>
    change((now) => {
      if (value === null) now.delete(name);
      else now.set(name, value);
    });
  return [params.get(name), set];
}
