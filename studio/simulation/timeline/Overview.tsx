import { type PointerEvent, useRef } from 'react';
import styles from './Timeline.module.css';
import type { ViewControl } from './useView.ts';

/** Which part of the whole is in view, and a handle to move it. */
export function Overview({ control: { view, length, pan } }: { readonly control: ViewControl }) {
  const held = useRef<number | null>(null);
  const handleMove = (event: PointerEvent<HTMLDivElement>) => {
    if (held.current === null) return;
    const { width } = event.currentTarget.getBoundingClientRect();
    pan(((event.clientX - held.current) / Math.max(1, width)) * length);
    held.current = event.clientX;
  };
  const release = () => {
    held.current = null;
  };
  return (
    <div
      className={styles.overview}
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = event.clientX;
      }}
      onPointerMove={handleMove}
      onPointerUp={release}
      onPointerCancel={release}
    >
      <span
        style={{
          left: `${(view.from / length) * 100}%`,
          width: `${((view.to - view.from) / length) * 100}%`,
        }}
      />
    </div>
  );
}
