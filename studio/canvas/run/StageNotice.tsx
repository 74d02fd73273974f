import { Hourglass, Unplug } from 'lucide-react';
import { useRun } from '../../simulation/useSimulation.ts';
import { WaitingWords } from '../../simulation/WaitingWords.tsx';
import styles from './StageNotice.module.css';

/** What the simulation on the stage waits for, and whether we still hear from it. */
export function StageNotice() {
  const isWaiting = useRun(({ state }) => state.status === 'waiting');
  const isLost = useRun(
    ({ connection, simulationId }) => simulationId !== null && connection === 'reconnecting',
  );
  if (!isWaiting && !isLost) return null;
  return (
    <div className={`card ${styles.notice}`} role="status" data-testid="stage-notice">
      {isLost ? <Unplug aria-hidden /> : <Hourglass aria-hidden />}
      {isLost ? 'Reconnecting' : <WaitingWords />}
    </div>
  );
}
