import { useRun } from './useSimulation.ts';
import { providerIn, waitingWords } from './waitingWords.ts';

/** What the simulation waits for, in words. */
export function WaitingWords() {
  const state = useRun((run) => run.state);
  return <>{waitingWords(state)}</>;
}

/** The same of one step, which waits while others are at work and the simulation itself does not. */
export function WaitingStep() {
  const { waitingFor, steps } = useRun((run) => run.state);
  const words = waitingWords({ waitingFor, steps }) || `Waiting for ${providerIn(steps)}`;
  return <>{words}. It tries again by itself.</>;
}
