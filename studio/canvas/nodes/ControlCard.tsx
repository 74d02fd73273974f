import { memo } from 'react';
import { Handle, type NodeProps, Position } from 'reactflow';
import { KIND_WORDS } from '#workflows/graph/problems/problem.ts';
import { isControl } from '#workflows/graph/schema.ts';
import { HANDLES } from '../flow/ports.ts';
import type { FlowNode } from '../flow/toFlow.ts';
import styles from './ControlCard.module.css';
import { NodeName } from './NodeName.tsx';

/** What decides, repeats or waits. */
export const ControlCard = memo(function ControlCard({ id, data }: NodeProps<FlowNode>) {
  const { node } = data;
  if (!isControl(node)) return null;
  return (
    <div className={styles.control} data-node-id={id} data-status="none">
      <small className="faint">{KIND_WORDS[node.kind]}</small>
      <NodeName id={id} name={node.data.name} />
      <Handle id={HANDLES.in} type="target" position={Position.Left} title="Comes after" />
      <Handle id={HANDLES.out} type="source" position={Position.Right} title="Goes on" />
    </div>
  );
});
