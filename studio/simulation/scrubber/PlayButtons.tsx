import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { cx } from '../../ui/cx.ts';
import { shownPosition } from '../replay/replayStore.ts';
import { isFollowing, togglePlaying } from '../replay/togglePlaying.ts';
import { useReplaying, useReplayState } from '../replay/useReplay.ts';
import { BarButton } from './BarButton.tsx';
import styles from './Scrubber.module.css';

export function PlayButtons() {
  const { store } = useReplaying();
  const isPlaying = useReplayState((state) => state.isPlaying);
  const isLive = useReplayState(isFollowing);
  const isFirst = useReplayState((state) => shownPosition(state) <= 0);
  const isLast = useReplayState((state) => state.moment === null);
  const hasBegun = useReplayState(({ history }) => history.events.length > 0);
  const isMoving = isPlaying || isLive;
  const label = isLive ? 'Hold the picture; the simulation goes on' : isPlaying ? 'Hold' : 'Play';
  const { stepBack, stepOn } = store.getState();
  return (
    <span className={styles.buttons}>
      <BarButton label="Previous step" keys="←" icon={SkipBack} isDisabled={isFirst} onClick={stepBack} />
      <BarButton
        label={label}
        keys="Space"
        icon={isMoving ? Pause : Play}
        className={cx(!isLive && hasBegun && styles.main)}
        isDisabled={!hasBegun}
        onClick={() => togglePlaying(store)}
        testId="play"
      />
      <BarButton label="Next step" keys="→" icon={SkipForward} isDisabled={isLast} onClick={stepOn} />
    </span>
  );
}
