import { FileText, Wrench } from 'lucide-react';
import type { TaskNode } from '#workflows/graph/schema.ts';
import { Chip } from '../../ui/Chip.tsx';
import { formatDuration, formatMoney } from '../../ui/formats.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { useNow } from '../../ui/useNow.ts';
import type { TaskRun } from '../run/useTaskRun.ts';
import styles from './TaskFooter.module.css';

interface TaskFooterProps {
  readonly task: TaskNode;
  readonly place: number | null;
  readonly run: TaskRun | null;
}

export const TaskFooter = ({ task, place, run }: TaskFooterProps) => (
  <footer className={styles.foot}>
    {run ? (
      <StatusChip status={run.status} word={run.word} />
    ) : (
      <Chip>{place ? `No. ${place}` : 'Ready'}</Chip>
    )}
    {run ? <Spent run={run} /> : <Extras task={task} />}
  </footer>
);

function Spent({ run }: { readonly run: TaskRun }) {
  const now = useNow(run.status === 'running' || run.status === 'waiting');
  if (!run.startedAt || run.isReused) return null;
  const ended = run.endedAt ? Date.parse(run.endedAt) : now;
  return (
    <>
      <span className="mono">{formatDuration(ended - Date.parse(run.startedAt))}</span>
      {run.status === 'completed' && <span className="mono">{formatMoney(run.costMicros)}</span>}
    </>
  );
}

function Extras({ task }: { readonly task: TaskNode }) {
  const { tools, outputFile } = task.data;
  return (
    <>
      {tools.length > 0 && (
        <span title={tools.join(', ')}>
          <Wrench aria-label={`Tools: ${tools.join(', ')}`} />
        </span>
      )}
      {outputFile && (
        <span title={outputFile}>
          <FileText aria-label={`Kept as ${outputFile}`} />
        </span>
      )}
    </>
  );
}
