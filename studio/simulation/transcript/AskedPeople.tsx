import { UsersRound } from 'lucide-react';
import type { AskedQuestion } from '#workflows/simulationState.ts';
import { isClosed } from '../runStore.ts';
import { useRun } from '../useSimulation.ts';
import styles from './AskedPeople.module.css';
import { saidWords } from './askedWords.ts';

interface AskedPeopleProps {
  readonly asked: readonly AskedQuestion[];
  /** The line is people's own: no sign need say so again. */
  readonly isOwn: boolean;
  readonly onOpen: (path: string) => void;
}

/** A map may ask once for each of its items; the others are among the steps. */
const MOST = 8;

/** What people were asked, what they said, and who did; each opens its step. */
export function AskedPeople({ asked, isOwn, onOpen }: AskedPeopleProps) {
  const isOver = useRun(({ state }) => isClosed(state.status));
  if (asked.length === 0) return null;
  const rest = asked.length - MOST;
  return (
    <ul className={styles.asked} aria-label="What people were asked">
      {rest > 0 && <li className="faint">{rest} more before, among the steps</li>}
      {asked.slice(-MOST).map((question) => (
        <li key={question.requestId}>
          {!isOwn && <UsersRound aria-hidden />}
          <div>
            <button type="button" className={styles.question} onClick={() => onOpen(question.path)}>
              {question.preview}
            </button>
            <p>
              <b>{saidWords(question, isOver)}</b>
              {question.answer?.preview && <q>{question.answer.preview}</q>}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
