import { Chip } from '../../ui/Chip.tsx';
import { castColour } from '../../ui/castColour.ts';
import { formatDuration } from '../../ui/formats.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { May } from '../../workspace/May.tsx';
import { FailureCard } from '../FailureCard.tsx';
import { isDemo } from '../Figures.tsx';
import { useOpenStep } from '../steps/useOpenStep.ts';
import { DoerFace } from '../timeline/DoerFace.tsx';
import { WaitingStep } from '../WaitingWords.tsx';
import { AskedPeople } from './AskedPeople.tsx';
import { GuessCard } from './GuessCard.tsx';
import { Said } from './Said.tsx';
import { ToolChips } from './ToolChips.tsx';
import styles from './Transcript.module.css';
import type { Line } from './transcript.ts';
import { YourGuess } from './YourGuess.tsx';

interface TranscriptLineProps {
  readonly line: Line;
  readonly simulationId: string;
  readonly isGuessed: boolean;
  readonly onRetry: () => void;
}

export function TranscriptLine({ line, simulationId, isGuessed, onRetry }: TranscriptLineProps) {
  const { task, doer, node, step, tools, asked } = line;
  const [, openStep] = useOpenStep();
  const path = node?.path;
  return (
    <article
      className={styles.line}
      style={{ '--c': castColour(doer.member?.index ?? -1) }}
      data-node-id={task.id}
      data-by={doer.kind ?? ''}
      data-status={node?.status ?? 'queued'}
    >
      <DoerFace doer={doer} size={42} />
      <div>
        <header>
          <b>{doer.name}</b>
          {task.data.name !== doer.name && <span className="muted">{task.data.name}</span>}
          {step?.isReused && node?.status === 'completed' && <Chip>reused</Chip>}
          {node?.startedAt && node.endedAt && !step?.isReused && (
            <span className="faint mono">
              {formatDuration(Date.parse(node.endedAt) - Date.parse(node.startedAt))}
            </span>
          )}
          {step?.model && isDemo(step.model) && <Chip tone="info">demo model</Chip>}
          {path && !isGuessed && (
            <button type="button" className={styles.openStep} onClick={() => openStep(path)}>
              details
            </button>
          )}
        </header>
        {isGuessed ? (
          <GuessCard simulationId={simulationId} nodeId={task.id} who={line.calledAs} />
        ) : (
          <Body line={line} simulationId={simulationId} onRetry={onRetry} />
        )}
        <AskedPeople asked={asked} isOwn={task.kind === 'approval'} onOpen={openStep} />
        <ToolChips tools={tools} onOpen={openStep} />
      </div>
    </article>
  );
}

type BodyProps = Omit<TranscriptLineProps, 'isGuessed'>;

function Body({ line, simulationId, onRetry }: BodyProps) {
  const { node, task, step, asked } = line;
  switch (node?.status) {
    case 'failed':
      return <FailureCard onRetry={onRetry} />;
    case 'waiting':
      if (asked.some(({ answer }) => answer === null)) return null;
      return (
        <p className={styles.quiet}>
          {step?.kind === 'person' ? 'Waiting for somebody to answer.' : <WaitingStep />}
        </p>
      );
    case 'cancelled':
    case 'skipped':
      return <StatusChip status={node.status} />;
    default:
      // What was decided is told with what was asked; a fork has it from its parent.
      if (task.kind !== 'task' && (asked.length > 0 || !step?.isReused)) return null;
      if (task.kind === 'approval') return <p>{step?.text}</p>;
      return (
        <>
          <Said line={line} simulationId={simulationId} />
          {node?.status === 'completed' && node.path && (
            <May action="run">
              <YourGuess simulationId={simulationId} nodeId={task.id} path={node.path} />
            </May>
          )}
        </>
      );
  }
}
