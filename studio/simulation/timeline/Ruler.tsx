import { memo, useMemo } from 'react';
import { cx } from '../../ui/cx.ts';
import { formatClock, formatDuration } from '../../ui/formats.ts';
import type { Mark } from '../replay/marks.ts';
import type { StageClock } from '../replay/stageClock.ts';
import { useReplaying } from '../replay/useReplay.ts';
import { markGroups } from './markGroups.ts';
import { Playhead } from './Playhead.tsx';
import styles from './Timeline.module.css';
import { ticksOf } from './ticks.ts';
import { useScrub } from './useScrub.ts';
import type { Scale } from './view.ts';

interface RulerProps {
  readonly marks: readonly Mark[];
  readonly clock: StageClock;
  readonly scale: Scale;
}

/** Time, with the signs of what happened. Pressed or dragged, it goes there. */
export function Ruler({ marks, clock, scale }: RulerProps) {
  const scrub = useScrub({ scale });
  const ticks = useMemo(() => ticksOf(clock, scale), [clock, scale]);
  return (
    <div className={styles.ruler} data-testid="ruler" {...scrub}>
      {ticks.map(({ left, ms }) => (
        <span key={ms} className={styles.tick} style={{ left }} aria-hidden>
          {ms % 1_000 === 0 ? formatClock(ms) : formatDuration(ms)}
        </span>
      ))}
      <Marks marks={marks} clock={clock} scale={scale} />
      <Playhead scale={scale} />
    </div>
  );
}

const Marks = memo(function Marks({ marks, clock, scale }: RulerProps) {
  const { store } = useReplaying();
  const groups = useMemo(() => markGroups(marks, clock, scale), [marks, clock, scale]);
  return groups.map(({ seq, left, isMinor, title }) => (
    <button
      key={seq}
      type="button"
      tabIndex={-1}
      className={cx(styles.mark, isMinor && styles.minor)}
      style={{ left }}
      aria-label={`Go to: ${title}`}
      title={title}
      onClick={() => store.getState().seekToSeq(seq)}
    />
  ));
});
