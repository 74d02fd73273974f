import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { SOLO } from '#workflows/graph/soloGraph.ts';
import { FailureCard } from '../../../simulation/FailureCard.tsx';
import { answerQuery } from '../../../simulation/transcript/answerQuery.ts';
import { ToolChips } from '../../../simulation/transcript/ToolChips.tsx';
import { useRun } from '../../../simulation/useSimulation.ts';
import { WaitingWords } from '../../../simulation/WaitingWords.tsx';
import { Markdown } from '../../../ui/Markdown.tsx';
import { StatusChip } from '../../../ui/StatusChip.tsx';
import styles from './TryPanel.module.css';

interface LiveAnswerProps {
  readonly id: string;
  readonly onRetry: () => void;
}

/** The words as they come, the tools on the way, and what keeps it from going on. */
export function LiveAnswer({ id, onRetry }: LiveAnswerProps) {
  const state = useRun((run) => run.state);
  const navigate = useNavigate();
  const tools = Object.values(state.steps).filter(({ kind }) => kind === 'tool');
  const openStep = (path: string) => {
    const where = `/simulations/${id}?${new URLSearchParams({ step: path })}`;
    Promise.resolve(navigate(where)).catch(() => undefined);
  };
  return (
    <div className={styles.text}>
      <Words id={id} onRetry={onRetry} />
      <ToolChips tools={tools} onOpen={openStep} />
    </div>
  );
}

function Words({ id, onRetry }: LiveAnswerProps) {
  const status = useRun(({ state }) => state.status);
  const node = useRun(({ state }) => state.nodes[SOLO.task]);
  const step = useRun(({ state }) => state.steps[state.nodes[SOLO.task]?.path ?? '']);
  const isDone = node?.status === 'completed' && node.path !== null;
  const whole = useQuery({ ...answerQuery(id, node?.path ?? ''), enabled: isDone });
  if (status === 'failed') return <FailureCard onRetry={onRetry} />;
  if (status === 'cancelled') return <StatusChip status={status} />;
  if (status === 'waiting') {
    return (
      <p className="faint">
        <WaitingWords />.
      </p>
    );
  }
  const text = whole.data ?? (step?.kind === 'model' ? step.text : '');
  if (isDone && text === '') return <p className="faint">An empty answer.</p>;
  if (text === '') return <p className="faint">{step?.kind === 'tool' ? 'Using a tool' : 'Thinking'}</p>;
  return (
    <div className={isDone ? undefined : styles.writing} data-testid="answer" data-done={isDone}>
      <Markdown text={text} />
    </div>
  );
}
