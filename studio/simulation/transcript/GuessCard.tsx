import { Button } from '@mui/material';
import { useId } from 'react';
import { TextArea } from '../../ui/TextInput.tsx';
import { useReplaying } from '../replay/useReplay.ts';
import { useGuess, writeGuess } from './guesses.ts';
import styles from './Transcript.module.css';

interface GuessCardProps {
  readonly simulationId: string;
  readonly nodeId: string;
  readonly who: string;
}

/** In place of an answer that is to be guessed first. */
export function GuessCard({ simulationId, nodeId, who }: GuessCardProps) {
  const { store } = useReplaying();
  const guess = useGuess(simulationId, nodeId);
  const id = useId();
  return (
    <div className={styles.guess} data-testid="guess">
      <label htmlFor={id}>What would you answer as {who}?</label>
      <Button onClick={() => store.getState().reveal(nodeId)}>Show the answer</Button>
      <TextArea
        id={id}
        rows={1}
        value={guess}
        maxLength={20_000}
        placeholder="Write it down before you look"
        onChange={(event) => writeGuess(simulationId, nodeId, event.target.value)}
      />
    </div>
  );
}
