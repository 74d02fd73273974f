import { memo } from 'react';
import type { NodeProps } from 'reactflow';
import type { FlowNode } from '../flow/toFlow.ts';
import styles from './ControlCard.module.css';

/** A frame around nodes, for the reader. */
export const GroupFrame = memo(function GroupFrame({ id, data }: NodeProps<FlowNode>) {
  const { node } = data;
  if (node.kind !== 'group') return null;
  return (
    <div className={styles.control} data-node-id={id} data-status="none">
      {node.data.name}
    </div>
  );
});
