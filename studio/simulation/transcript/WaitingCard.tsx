import { Hourglass } from 'lucide-react';
import { useReplayState } from '../replay/useReplay.ts';
import { useRun } from '../useSimulation.ts';
import { waitingWords } from '../waitingWords.ts';
import styles from './Transcript.module.css';

/** Where it stands while it waits, between what was said and what is to come. */
export function WaitingCard() {
  const state = useRun((run) => run.state);
  const isPast = useReplayState(({ moment }) => moment !== null);
  const isTold = Object.values(state.nodes).some(({ status }) => status === 'waiting');
  if (state.status !== 'waiting' || isTold) return null;
  return (
    <div className={styles.waiting} role={isPast ? undefined : 'status'} data-testid="waiting-card">
      <Hourglass aria-hidden />
      <p>
        <strong>{waitingWords(state)}</strong>
        <span>{HELP[state.waitingFor?.kind ?? 'engine']}</span>
      </p>
    </div>
  );
}

const HELP = {
  paused: 'Nothing is lost. It goes on from here whenever you want.',
  budget: 'What is paid for is kept. With more money it goes on from here.',
  provider: 'It tries again by itself; nobody has to do anything.',
  engine: 'It goes on by itself as soon as the engine is back.',
  person: 'It goes on with the answer.',
  tokens: 'What is paid for is kept. Let it go on, or cancel it.',
  time: 'The crew was told to wait. It goes on by itself.',
} as const;
