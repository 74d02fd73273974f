import { Menu, MenuItem } from '@mui/material';
import { useState } from 'react';
import { SPEEDS } from '../replay/replayStore.ts';
import { useReplaying, useReplayState } from '../replay/useReplay.ts';
import styles from './Scrubber.module.css';

export function SpeedMenu() {
  const { store } = useReplaying();
  const speed = useReplayState((state) => state.speed);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <button
        type="button"
        className={styles.speed}
        aria-label={`Speed: ${speed} times`}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {speed}×
      </button>
      <Menu
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'top', horizontal: 'left' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { style: { minWidth: 84 } } }}
      >
        {SPEEDS.map((one) => (
          <MenuItem
            key={one}
            selected={one === speed}
            className={styles.speedItem ?? ''}
            onClick={() => {
              store.getState().setSpeed(one);
              setAnchor(null);
            }}
          >
            {one}×
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
