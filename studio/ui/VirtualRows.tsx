import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import styles from './VirtualRows.module.css';

interface VirtualRowsProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly rowHeight: number;
  /** The row to keep in view, as time goes on. */
  readonly at?: number | undefined;
  readonly keyOf: (row: T) => string | number;
  readonly render: (row: T) => ReactNode;
}

/** A long list of which only what is in view is in the page. */
export function VirtualRows<T>({ label, rows, rowHeight, at, keyOf, render }: VirtualRowsProps<T>) {
  const scroll = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  useEffect(() => {
    if (at !== undefined && at >= 0) virtual.scrollToIndex(at);
  }, [virtual, at]);
  return (
    <div ref={scroll} className={styles.scroll}>
      <ul aria-label={label} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <li key={keyOf(row)} style={{ height: rowHeight, transform: `translateY(${start}px)` }}>
              {render(row)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
