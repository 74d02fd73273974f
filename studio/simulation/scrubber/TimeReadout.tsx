import { formatClock } from '../../ui/formats.ts';
import { type ReplayState, shownPosition } from '../replay/replayStore.ts';
import { timeAt } from '../replay/stageClock.ts';
import { useReplayState } from '../replay/useReplay.ts';
import styles from './Scrubber.module.css';

const selectPassed = (state: ReplayState) =>
  formatClock(timeAt(state.clock, shownPosition(state)) - (state.clock.times[0] ?? 0));
const selectWhole = ({ clock }: ReplayState) => formatClock(clock.endsAt - (clock.times[0] ?? 0));

/** `03:26 / 06:10`: how long it had been going on, pauses included. */
export function TimeReadout() {
  const passed = useReplayState(selectPassed);
  const whole = useReplayState(selectWhole);
  return (
    <span className={styles.readout} data-testid="readout">
      <b>{passed}</b>
      <span> / {whole}</span>
    </span>
  );
}
