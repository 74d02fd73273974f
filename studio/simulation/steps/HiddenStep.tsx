import { Button } from '@mui/material';
import { useReplaying } from '../replay/useReplay.ts';
import styles from './StepPanel.module.css';

interface HiddenStepProps {
  readonly who: string;
  readonly nodeId: string;
}

/** A step whose answer is still to be guessed. */
export function HiddenStep({ who, nodeId }: HiddenStepProps) {
  const { store } = useReplaying();
  return (
    <div className={styles.hidden}>
      <p>What {who} answers here is hidden until you ask for it.</p>
      <Button onClick={() => store.getState().reveal(nodeId)}>Show the answer</Button>
    </div>
  );
}
