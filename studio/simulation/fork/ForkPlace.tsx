import { formatClock } from '../../ui/formats.ts';
import type { SimulationView } from '../data/DataTab.tsx';
import { shownPosition } from '../replay/replayStore.ts';
import { timeAt } from '../replay/stageClock.ts';
import { useLive, useReplayState } from '../replay/useReplay.ts';
import { stepTitle } from '../steps/stepTitle.ts';
import { speakerOf } from '../timeline/doerOf.ts';
import styles from './ForkPanel.module.css';

interface ForkPlaceProps {
  readonly view: SimulationView;
  readonly path: string | null;
}

/** Where it parts: at a step, or at the moment that is looked at. */
export function ForkPlace({ view: { graph }, path }: ForkPlaceProps) {
  const step = useLive(({ state }) => state.steps[path ?? '']);
  const time = useReplayState((state) =>
    state.moment === null
      ? 'the end'
      : formatClock(timeAt(state.clock, shownPosition(state)) - (state.clock.times[0] ?? 0)),
  );
  const place = step ? stepTitle(speakerOf(graph, step).name, step) : time;
  return <small className={styles.place}>at {place}</small>;
}
