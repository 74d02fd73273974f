import { Button } from '@mui/material';
import { GitFork } from 'lucide-react';
import { useOpenFork } from '../fork/useOpenFork.ts';
import { useGuess } from './guesses.ts';
import styles from './Transcript.module.css';

interface YourGuessProps {
  readonly simulationId: string;
  readonly nodeId: string;
  readonly path: string;
}

/** What the reader had written down, beside what was answered; it can be gone on with. */
export function YourGuess({ simulationId, nodeId, path }: YourGuessProps) {
  const guess = useGuess(simulationId, nodeId).trim();
  const openFork = useOpenFork();
  if (guess === '') return null;
  return (
    <blockquote className={styles.yours}>
      <p>
        <b>You:</b> {guess}
      </p>
      <Button size="small" onClick={() => openFork({ path, answers: { [path]: guess } })}>
        <GitFork aria-hidden />
        Go on with yours
      </Button>
    </blockquote>
  );
}
