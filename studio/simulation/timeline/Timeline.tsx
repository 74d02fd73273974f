import { useEffect, useEffectEvent, useMemo } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { formatDuration } from '../../ui/formats.ts';
import type { Mark } from '../replay/marks.ts';
import { shownPosition } from '../replay/replayStore.ts';
import type { StageClock } from '../replay/stageClock.ts';
import { useReplaying, useReplayState } from '../replay/useReplay.ts';
import { barsOf } from './bars.ts';
import { type Drawn, drawRows } from './drawn.ts';
import { LaneRow } from './LaneRow.tsx';
import { type Lane, lanesOf } from './lanes.ts';
import { Overview } from './Overview.tsx';
import { PlayheadLine } from './Playhead.tsx';
import { Ruler } from './Ruler.tsx';
import styles from './Timeline.module.css';
import { useScrub } from './useScrub.ts';
import type { ViewControl } from './useView.ts';
import { useWheel } from './useWheel.ts';
import { useWidth } from './useWidth.ts';
import { pixelAt, type Scale } from './view.ts';

interface TimelineProps {
  readonly graph: CrewGraph;
  readonly marks: readonly Mark[];
  readonly control: ViewControl;
}

/** Steps against time: a lane a cast member, bars in their colour, and the playhead over them. */
export function Timeline({ graph, marks, control }: TimelineProps) {
  const clock = useReplayState((state) => state.clock);
  const lanes = useLanes(graph, clock);
  const [ruler, width] = useWidth<HTMLDivElement>();
  const { from, to } = control.view;
  const scale = useMemo((): Scale => ({ view: { from, to }, width }), [from, to, width]);
  const drawn = useMemo(() => drawLanes(lanes, scale, clock.length), [lanes, scale, clock.length]);
  const scrub = useScrub({ scale, onPan: control.pan });
  useWheel(ruler, scale, control);
  useFollowing(control);
  return (
    <div className={styles.timeline} data-testid="timeline">
      <div className={styles.top} ref={ruler}>
        <Ruler marks={marks} clock={clock} scale={scale} />
      </div>
      <div className={styles.lanes} {...(control.isWhole ? {} : { 'data-near': true })}>
        <div className={styles.grip} {...scrub} />
        {lanes.map(({ doer }, place) => (
          <LaneRow key={doer.key} doer={doer} rows={drawn[place] ?? []} onShow={control.show} />
        ))}
      </div>
      <div className={styles.over} aria-hidden>
        <Breaks clock={clock} scale={scale} />
        <PlayheadLine scale={scale} />
      </div>
      {!control.isWhole && <Overview control={control} />}
    </div>
  );
}

/** Of everything that has happened, also after the moment that is looked at. */
function useLanes(graph: CrewGraph, clock: StageClock): readonly Lane[] {
  const { store } = useReplaying();
  return useMemo(() => lanesOf(graph, barsOf(store.getState().history.events, clock)), [graph, clock, store]);
}

function drawLanes(lanes: readonly Lane[], scale: Scale, end: number): Drawn[][][] {
  const rows = drawRows(
    lanes.flatMap((lane) => lane.rows),
    scale,
    end,
  );
  let taken = 0;
  return lanes.map((lane) => {
    const from = taken;
    taken += lane.rows.length;
    return rows.slice(from, taken);
  });
}

/** Near, the view goes along with what is played or gone to. */
function useFollowing({ follow }: ViewControl): void {
  const { store } = useReplaying();
  const move = useEffectEvent(follow);
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.moment !== before.moment && !state.isDragging) move(shownPosition(state));
      }),
    [store],
  );
}

const Breaks = ({ clock, scale }: { readonly clock: StageClock; readonly scale: Scale }) =>
  clock.breaks
    .filter(({ from, to }) => to >= scale.view.from && from <= scale.view.to)
    .map(({ from, to, ms }) => {
      const left = pixelAt(scale, from);
      return (
        <span key={from} className={styles.cut} style={{ left, width: pixelAt(scale, to) - left }}>
          <b>{formatDuration(ms)}</b>
        </span>
      );
    });
