import { memo, useContext } from 'react';
import { Handle, type NodeProps, Position } from 'reactflow';
import { castColour } from '../../ui/castColour.ts';
import { cx } from '../../ui/cx.ts';
import { Face } from '../../ui/Face.tsx';
import type { CastMember } from '../cast.ts';
import { FarContext } from '../FarContext.ts';
import { HANDLES } from '../flow/ports.ts';
import type { FlowNode } from '../flow/toFlow.ts';
import { useGlow } from '../gestures/connecting.ts';
import { useTaskRun } from '../run/useTaskRun.ts';
import { NodeName } from './NodeName.tsx';
import styles from './TaskCard.module.css';
import { TaskFooter } from './TaskFooter.tsx';

/** A task on the stage: who, what, the first words of its answer, then state, time and money. */
export const TaskCard = memo(function TaskCard({ id, data }: NodeProps<FlowNode>) {
  const run = useTaskRun(id);
  const glow = useGlow(id);
  const isFar = useContext(FarContext);
  const { node, member, place } = data;
  if (node.kind !== 'task') return null;
  return (
    <article
      className={cx(styles.task, run && styles[run.status], glow && styles[glow], isFar && styles.far)}
      style={{ '--c': castColour(member?.index ?? -1) }}
      data-node-id={id}
      data-status={run?.status ?? 'none'}
    >
      {!isFar && (
        <>
          <header className={styles.head}>
            <Doer member={member} />
            <div className={styles.who}>
              <NodeName id={id} name={node.data.name} />
              <small className={member ? undefined : styles.missing}>
                {member?.name ?? 'Nobody does it yet'}
              </small>
            </div>
          </header>
          <p className={styles.text}>
            {run?.text || node.data.description}
            {run?.isWriting && <span className={styles.caret} aria-hidden />}
          </p>
          <TaskFooter task={node} place={place} run={run} />
          <Ports />
        </>
      )}
    </article>
  );
});

const Doer = ({ member }: { readonly member: CastMember | null }) =>
  member ? (
    <Face name={member.name} index={member.index} size={38} isDecorative />
  ) : (
    <span className={styles.nobody} aria-hidden>
      ?
    </span>
  );

const Ports = () => (
  <>
    <Handle id={HANDLES.in} type="target" position={Position.Left} title="Reads an answer" />
    <Handle id={HANDLES.out} type="source" position={Position.Right} title="Answer" />
    <Handle
      id={HANDLES.agent}
      type="target"
      position={Position.Top}
      title="Who does it"
      className={styles.agentPort}
    />
  </>
);
