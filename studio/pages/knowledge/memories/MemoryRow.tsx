import { X } from 'lucide-react';
import { Link } from 'react-router';
import { formatWhen } from '../../../ui/formats.ts';
import { IconAction } from '../../../ui/IconAction.tsx';
import { PlainRow } from '../../../ui/RowList.tsx';
import styles from './Memories.module.css';
import { type Memory, useMemoryCommands } from './useMemories.ts';

/** Something that is remembered, where it was learnt, and the way to take it back. */
export function MemoryRow({ memory }: { readonly memory: Memory }) {
  const { id, text, agent, crewName, simulationId, createdAt } = memory;
  const { forget } = useMemoryCommands();
  const when = formatWhen(createdAt);
  return (
    <PlainRow className={styles.row} testId="memory-row">
      <div className={styles.what}>
        <p>{text}</p>
        <small className="muted">
          {crewName}
          {agent && ` · ${agent}`}
          {' · '}
          {simulationId ? <Link to={`/simulations/${simulationId}`}>{when}</Link> : when}
        </small>
      </div>
      <IconAction
        label="Forget this"
        icon={X}
        size="small"
        isDisabled={forget.isPending}
        onClick={() => forget.mutate({ id })}
      />
    </PlainRow>
  );
}
