import { Button } from '@mui/material';
import { Radio } from 'lucide-react';
import { Chip } from '../../ui/Chip.tsx';
import { cx } from '../../ui/cx.ts';
import { isFollowing } from '../replay/togglePlaying.ts';
import { useReplaying, useReplayState } from '../replay/useReplay.ts';
import styles from './Scrubber.module.css';

/** Whether one sees what happens now, or what has happened: then nobody is called. */
export function LiveSign() {
  const { store } = useReplaying();
  const isLive = useReplayState(isFollowing);
  const isPast = useReplayState(({ moment }) => moment !== null);
  const goesOn = useReplayState(({ clock }) => clock.isOpen);
  if (isLive) {
    return (
      <Chip tone="now">
        <span className={styles.beat} aria-hidden />
        live
      </Chip>
    );
  }
  if (!isPast) return null;
  return (
    <>
      <span data-testid="replay-chip" className={cx(goesOn && styles.givesWay)}>
        <Chip tone="red">
          <span>
            replay<span className={styles.more}>: nobody is called</span>
          </span>
        </Chip>
      </span>
      {goesOn && (
        <Button size="small" onClick={() => store.getState().seek(null)}>
          <Radio aria-hidden />
          Live
        </Button>
      )}
    </>
  );
}
