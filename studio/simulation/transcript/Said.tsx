import { useQuery } from '@tanstack/react-query';
import type { StepState } from '#workflows/simulationState.ts';
import { cx } from '../../ui/cx.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useLive, useReplayState } from '../replay/useReplay.ts';
import { firstLetters, shareAt } from '../replay/writing.ts';
import { answerQuery } from './answerQuery.ts';
import styles from './Transcript.module.css';
import type { Line } from './transcript.ts';

/** The words of a line: as they are written, then the whole answer. */
export function Said({ line, simulationId }: { readonly line: Line; readonly simulationId: string }) {
  const { node, step } = line;
  const path = node?.path ?? '';
  const isDone = node?.status === 'completed';
  const isPast = useReplayState(({ moment }) => moment !== null);
  const later = useLive(({ state }) => state.steps[path]);
  // In the past an answer is already known while it is being written; it is asked for once, and never again.
  const isKnown = isDone || (isPast && later?.kind === 'model' && later.status === 'completed');
  const whole = useQuery({ ...answerQuery(simulationId, path), enabled: isKnown && path !== '' });
  const answer = isKnown ? whole.data : undefined;
  const isWriting = node?.status === 'running' && step?.kind === 'model';
  if (isWriting) return <Writing text={step.text} answer={answer ?? null} later={later} />;
  const text = answer ?? step?.text ?? '';
  if (isDone && text === '') return <p className={styles.quiet}>An empty answer.</p>;
  return (
    <div className={styles.say}>
      <Markdown text={text} />
    </div>
  );
}

interface WritingProps {
  readonly text: string;
  /** Where it is known already, the whole of what is being written. */
  readonly answer: string | null;
  readonly later: StepState | undefined;
}

function Writing({ text, answer, later }: WritingProps) {
  const now = useNow(true);
  const isEnded = answer !== null && later?.endedAt;
  const share = isEnded
    ? shareAt({ startedAt: Date.parse(later.startedAt), endedAt: Date.parse(later.endedAt ?? '') }, now)
    : 1;
  const written = isEnded ? firstLetters(answer, share * answer.length) : text;
  return (
    <div className={cx(styles.say, styles.writing)}>
      {written === '' ? <p className={styles.quiet}>Thinking</p> : <Markdown text={written} />}
      <span className="unseen">is writing</span>
    </div>
  );
}
