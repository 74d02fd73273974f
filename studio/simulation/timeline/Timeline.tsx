import { useMemo } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { formatClock, formatDuration } from '../../ui/formats.ts';
import { useNow } from '../../ui/useNow.ts';
import { isClosed } from '../runStore.ts';
import { useRun } from '../useSimulation.ts';
import { LaneRow } from './LaneRow.tsx';
import { lanesOf } from './lanes.ts';
import { type Mark, marksOf } from './marks.ts';
import styles from './Timeline.module.css';
import { timeScale } from './timeScale.ts';

/** Steps against time: a lane a cast member, bars in their colour. */
export function Timeline({ graph }: { readonly graph: CrewGraph }) {
  const state = useRun((run) => run.state);
  const events = useRun((run) => run.events);
  const isOpen = state.startedAt !== null && !isClosed(state.status);
  const now = useNow(isOpen);
  const lanes = useMemo(() => lanesOf(graph, state), [graph, state]);
  const marks = useMemo(() => marksOf(events), [events]);
  if (!state.startedAt) return <p className={styles.empty}>Nothing has happened yet.</p>;

  const start = Date.parse(state.startedAt);
  const end = Math.max(start + 1_000, state.endedAt ? Date.parse(state.endedAt) : now);
  const spans = Object.values(state.steps).map(({ startedAt, endedAt }) => ({
    from: Date.parse(startedAt),
    to: endedAt ? Date.parse(endedAt) : end,
  }));
  const scale = timeScale(spans, start, end);
  return (
    <div className={styles.lanes} data-testid="timeline">
      <div className={styles.ruler} aria-hidden>
        {scale.ticks.map(({ at, ms }) => (
          <span key={ms} className="mono" style={{ left: percent(at) }}>
            {ms < 1_000 && ms > 0 ? formatDuration(ms) : formatClock(ms)}
          </span>
        ))}
        {marks.map((mark) => (
          <MarkSign key={mark.seq} mark={mark} at={scale.at(Date.parse(mark.at))} />
        ))}
      </div>
      {lanes.map((lane) => (
        <LaneRow key={lane.member?.id ?? ''} lane={lane} scale={scale} end={end} />
      ))}
      <div className={styles.over} aria-hidden>
        {scale.cuts.map(({ at, span }) => (
          <span
            key={span.from}
            className={styles.cut}
            style={{ left: percent(at) }}
            title={`${formatDuration(span.to - span.from)} without a step`}
          />
        ))}
        {isOpen && <span className={styles.head} style={{ left: percent(scale.at(now)) }} />}
      </div>
    </div>
  );
}

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

const MarkSign = ({ mark, at }: { readonly mark: Mark; readonly at: number }) => (
  <i className={styles.mark} style={{ left: percent(at) }} title={mark.title} />
);
