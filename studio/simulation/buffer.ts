export interface Buffer<T> {
  readonly add: (item: T) => void;
  /** Hands over what is there without waiting. */
  readonly flush: () => void;
  readonly stop: () => void;
}

/**
 * Collects items for a moment and hands them over together: a burst after a lost connection becomes one render
 * instead of hundreds, which React refuses to nest.
 */
export function createBuffer<T>(onFlush: (items: readonly T[]) => void, waitMs: number): Buffer<T> {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (items.length === 0) return;
    const ready = items;
    items = [];
    onFlush(ready);
  };
  return {
    add: (item) => {
      items.push(item);
      timer ??= setTimeout(flush, waitMs);
    },
    flush,
    stop: () => {
      clearTimeout(timer);
      items = [];
    },
  };
}
