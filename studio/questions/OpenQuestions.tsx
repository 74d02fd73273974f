import { useShallow } from 'zustand/react/shallow';
import { useReplayState } from '../simulation/replay/useReplay.ts';
import type { RunState } from '../simulation/runStore.ts';
import { useRun } from '../simulation/useSimulation.ts';
import styles from './Question.module.css';
import { QuestionCard } from './QuestionCard.tsx';

const selectOpen = ({ state }: RunState) => Object.keys(state.questions);

/** More at once would hide the simulation; the others are in the inbox. */
const MOST = 3;

const useOpen = () => useRun(useShallow(selectOpen)).slice(0, MOST);

/** What the simulation on the page asks now; nothing of it while its past is looked at. */
export function OpenQuestions() {
  const open = useOpen();
  const isPast = useReplayState(({ moment }) => moment !== null);
  if (open.length === 0 || isPast) return null;
  return (
    <div className={styles.cards}>
      {open.map((id) => (
        <QuestionCard key={id} id={id} />
      ))}
    </div>
  );
}

/** The same, over the stage. */
export function StageQuestions() {
  const open = useOpen();
  if (open.length === 0) return null;
  return (
    <div className={styles.onStage}>
      {open.map((id) => (
        <QuestionCard key={id} id={id} />
      ))}
    </div>
  );
}
