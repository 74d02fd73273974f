import { memo, useContext } from 'react';
import { Handle, type NodeProps, Position } from 'reactflow';
import { castColour } from '../../ui/castColour.ts';
import { cx } from '../../ui/cx.ts';
import { Face } from '../../ui/Face.tsx';
import { FarContext } from '../FarContext.ts';
import { HANDLES } from '../flow/ports.ts';
import type { FlowNode } from '../flow/toFlow.ts';
import { useGlow } from '../gestures/connecting.ts';
import styles from './AgentPill.module.css';
import { NodeName } from './NodeName.tsx';

/** An agent on the stage: a face and a name. What it does is drawn by its lines. */
export const AgentPill = memo(function AgentPill({ id, data }: NodeProps<FlowNode>) {
  const glow = useGlow(id);
  const isFar = useContext(FarContext);
  const { node, member } = data;
  if (node.kind !== 'agent') return null;
  return (
    <div
      className={cx(styles.actor, glow && styles[glow], isFar && styles.far)}
      style={{ '--c': castColour(member?.index ?? -1) }}
      data-node-id={id}
      data-status="none"
    >
      {!isFar && (
        <>
          <Face name={member?.name ?? node.data.name} index={member?.index ?? -1} size={34} isDecorative />
          <span className={styles.name}>
            <NodeName id={id} name={node.data.name} />
          </span>
          <Handle id={HANDLES.assign} type="source" position={Position.Bottom} title="Give a task" />
        </>
      )}
    </div>
  );
});
