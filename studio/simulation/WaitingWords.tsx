import { useRun } from './useSimulation.ts';
import { waitingWords } from './waitingWords.ts';

/** What the simulation waits for, in words. */
export function WaitingWords() {
  const state = useRun((run) => run.state);
  return <>{waitingWords(state)}</>;
}
