import { formatClock } from '../../ui/formats.ts';
import { useForkPaint } from '../fork/forkPaint.ts';
import { shownPosition } from '../replay/replayStore.ts';
import { timeAt } from '../replay/stageClock.ts';
import { useReplayState } from '../replay/useReplay.ts';
import styles from './Timeline.module.css';
import { pixelAt, type Scale } from './view.ts';

interface PlayheadProps {
  readonly scale: Scale;
}

/** Where one looks. It takes the focus, so that arrow keys are at hand for everybody. */
export function Playhead({ scale }: PlayheadProps) {
  const position = useReplayState(shownPosition);
  const clock = useReplayState((state) => state.clock);
  const start = clock.times[0] ?? 0;
  const left = pixelAt(scale, position);
  if (left < -1 || left > scale.width + 1) return null;
  return (
    <span
      className={styles.knob}
      style={{ transform: `translateX(${left}px)` }}
      role="slider"
      tabIndex={0}
      aria-label="Moment"
      aria-valuemin={0}
      aria-valuemax={Math.round(clock.length)}
      aria-valuenow={Math.floor(position)}
      aria-valuetext={`${formatClock(timeAt(clock, position) - start)} of ${formatClock(clock.endsAt - start)}`}
      data-testid="playhead"
    />
  );
}

/** What lies to its right has not happened yet: it is seen through a veil. */
export function PlayheadLine({ scale }: PlayheadProps) {
  const position = useReplayState(shownPosition);
  // A fork shows what it would do with all of them.
  const isForking = useForkPaint(({ steps }) => steps !== null);
  const left = Math.min(Math.max(0, pixelAt(scale, position)), scale.width);
  const isInView = position >= scale.view.from && position <= scale.view.to;
  return (
    <>
      {!isForking && <span className={styles.veil} style={{ left }} />}
      {isInView && <span className={styles.head} style={{ transform: `translateX(${left}px)` }} />}
    </>
  );
}
