import { useMemo } from 'react';
import { useWidth } from '../timeline/useWidth.ts';
import { type Scale, wholeView } from '../timeline/view.ts';
import styles from './CompareTimelines.module.css';
import { CompareTrack } from './CompareTrack.tsx';
import type { Comparison } from './metrics.ts';
import { type ComparedSide, sideOf } from './sideOf.ts';
import { useEvents, useView } from './useCompared.ts';

interface CompareTimelinesProps {
  readonly comparison: Comparison;
  readonly chosen: string | null;
  readonly onChoose: (path: string) => void;
}

/** Both from their beginning, on one scale: what is the same is faint, and where they part is marked. */
export function CompareTimelines({ comparison, chosen, onChoose }: CompareTimelinesProps) {
  const a = useSide(comparison.a.id);
  const b = useSide(comparison.b.id);
  const [element, width] = useWidth<HTMLDivElement>();
  const length = Math.max(a?.clock.length ?? 0, b?.clock.length ?? 0);
  const scale = useMemo((): Scale => ({ view: wholeView(length), width }), [length, width]);
  const results = useMemo(
    () => new Map(comparison.steps.map(({ path, result }) => [path, result])),
    [comparison.steps],
  );
  const shared = { scale, results, chosen, onChoose, first: comparison.firstDifference };
  return (
    <section className={styles.timelines} aria-label="Timelines" data-testid="compare-timelines">
      <div className={styles.measure} ref={element} />
      {a && <CompareTrack letter="A" side={a} {...shared} />}
      {b && <CompareTrack letter="B" side={b} {...shared} />}
      {!(a && b) && <p className={styles.wait}>Reading what happened</p>}
    </section>
  );
}

function useSide(id: string): ComparedSide | undefined {
  const view = useView(id);
  const events = useEvents(id);
  return useMemo(
    () => (view.data && events.data ? sideOf(view.data.graph, events.data) : undefined),
    [view.data, events.data],
  );
}
