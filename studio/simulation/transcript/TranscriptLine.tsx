import { Chip } from '../../ui/Chip.tsx';
import { castColour } from '../../ui/castColour.ts';
import { Face } from '../../ui/Face.tsx';
import { formatDuration } from '../../ui/formats.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { FailureCard } from '../FailureCard.tsx';
import { isDemo } from '../Figures.tsx';
import { isClosed } from '../runStore.ts';
import { useOpenStep } from '../steps/useOpenStep.ts';
import { useRun } from '../useSimulation.ts';
import { WaitingWords } from '../WaitingWords.tsx';
import { Said } from './Said.tsx';
import { ToolChips } from './ToolChips.tsx';
import styles from './Transcript.module.css';
import type { Line } from './transcript.ts';

interface TranscriptLineProps {
  readonly line: Line;
  readonly simulationId: string;
  readonly onRetry: () => void;
}

export function TranscriptLine({ line, simulationId, onRetry }: TranscriptLineProps) {
  const { task, member, node, step, tools } = line;
  const [, openStep] = useOpenStep();
  const path = node?.path;
  return (
    <article
      className={styles.line}
      style={{ '--c': castColour(member?.index ?? -1) }}
      data-node-id={task.id}
      data-status={node?.status ?? 'queued'}
    >
      <Face name={member?.name ?? '?'} index={member?.index ?? -1} size={42} isDecorative />
      <div>
        <header>
          <b>{member?.name ?? 'Nobody'}</b>
          <span className="muted">{task.data.name}</span>
          {node?.startedAt && node.endedAt && (
            <span className="faint mono">
              {formatDuration(Date.parse(node.endedAt) - Date.parse(node.startedAt))}
            </span>
          )}
          {step?.model && isDemo(step.model) && <Chip tone="info">demo model</Chip>}
          {path && (
            <button type="button" className={styles.openStep} onClick={() => openStep(path)}>
              details
            </button>
          )}
        </header>
        <Body line={line} simulationId={simulationId} onRetry={onRetry} />
        <ToolChips tools={tools} onOpen={openStep} />
      </div>
    </article>
  );
}

function Body({ line, simulationId, onRetry }: TranscriptLineProps) {
  const isOver = useRun(({ state }) => isClosed(state.status));
  const status = line.node?.status ?? 'queued';
  if (status === 'failed') return <FailureCard onRetry={onRetry} />;
  if (status === 'waiting') {
    return (
      <p className={styles.quiet}>
        <WaitingWords />
      </p>
    );
  }
  if (status === 'queued') return <p className={styles.quiet}>{isOver ? 'Not reached.' : 'Not yet.'}</p>;
  if (status === 'cancelled' || status === 'skipped') return <StatusChip status={status} />;
  return <Said line={line} simulationId={simulationId} />;
}
