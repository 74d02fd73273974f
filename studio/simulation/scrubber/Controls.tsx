import { Maximize2, Minus, Plus } from 'lucide-react';
import { IconAction } from '../../ui/IconAction.tsx';
import type { Mark } from '../replay/marks.ts';
import { shownPosition } from '../replay/replayStore.ts';
import { useReplaying } from '../replay/useReplay.ts';
import type { ViewControl } from '../timeline/useView.ts';
import { HideSwitch } from './HideSwitch.tsx';
import { LiveSign } from './LiveSign.tsx';
import { MarkMenu } from './MarkMenu.tsx';
import { PlayButtons } from './PlayButtons.tsx';
import styles from './Scrubber.module.css';
import { SpeedMenu } from './SpeedMenu.tsx';
import { TimeReadout } from './TimeReadout.tsx';

interface ControlsProps {
  readonly marks: readonly Mark[];
  readonly control: ViewControl;
}

// As much as two notches of a wheel.
const NEARER = 0.6;

export function Controls({ marks, control }: ControlsProps) {
  const { store } = useReplaying();
  const zoom = (by: number) => {
    const position = shownPosition(store.getState());
    const { from, to } = control.view;
    control.zoom(by, from <= position && position <= to ? position : undefined);
  };
  return (
    <div className={styles.controls} role="toolbar" aria-label="Replay">
      <PlayButtons />
      <TimeReadout />
      <SpeedMenu />
      <LiveSign />
      <span className={styles.gap} />
      <HideSwitch />
      <MarkMenu marks={marks} />
      <span className={styles.zoom}>
        <IconAction
          label="Farther"
          icon={Minus}
          isDisabled={control.isWhole}
          onClick={() => zoom(1 / NEARER)}
        />
        <IconAction label="Nearer" keys="Ctrl wheel" icon={Plus} onClick={() => zoom(NEARER)} />
        <IconAction label="All of it" icon={Maximize2} isDisabled={control.isWhole} onClick={control.fit} />
      </span>
    </div>
  );
}
