import { memo } from 'react';
import type { NodeProps } from 'reactflow';
import type { FlowNode } from '../flow/toFlow.ts';
import styles from './GroupFrame.module.css';
import { NodeName } from './NodeName.tsx';

/** The name of a group: its ground lies beneath what stands in it. */
export const GroupFrame = memo(function GroupFrame({ id, data }: NodeProps<FlowNode>) {
  const { node } = data;
  if (node.kind !== 'group') return null;
  return (
    <div className={styles.group} data-node-id={id} data-status="none">
      <NodeName id={id} name={node.data.name || 'Group'} />
    </div>
  );
});
