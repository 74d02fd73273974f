import { EyeOff } from 'lucide-react';
import { Chip } from '../../ui/Chip.tsx';
import { useReplaying, useReplayState } from '../replay/useReplay.ts';
import styles from './Scrubber.module.css';

/** For a class: what comes next is guessed before it is read. */
export function HideSwitch() {
  const { store } = useReplaying();
  const isHiding = useReplayState((state) => state.isHiding);
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isHiding}
      className={styles.hide}
      aria-label="Hide the next answer"
      title="Guess each answer before you read it"
      onClick={() => store.getState().hide(!isHiding)}
    >
      <EyeOff aria-hidden className={styles.hideSign} />
      <span className={styles.hideWord}>
        Hide<span className={styles.more}> the next answer</span>
      </span>
      <Chip tone={isHiding ? 'now' : 'quiet'}>{isHiding ? 'on' : 'off'}</Chip>
    </button>
  );
}
