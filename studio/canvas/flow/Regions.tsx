import { useMemo } from 'react';
import { ViewportPortal } from 'reactflow';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { cx } from '../../ui/cx.ts';
import styles from './Regions.module.css';
import { regionsOf } from './regions.ts';

/** The ground of maps, loops and groups, beneath everything that stands on it. */
export function Regions({ graph }: { readonly graph: CrewGraph }) {
  const regions = useMemo(() => regionsOf(graph), [graph]);
  if (regions.length === 0) return null;
  return (
    <ViewportPortal>
      {regions.map(({ id, kind, x, y, width, height, depth }) => (
        <div
          key={id}
          className={cx(styles.region, styles[kind])}
          data-region={id}
          style={{ width, height, zIndex: depth - 30, transform: `translate(${x}px, ${y}px)` }}
        />
      ))}
    </ViewportPortal>
  );
}
