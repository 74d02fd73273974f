import { memo, useContext } from 'react';
import { Handle, type NodeProps, Position } from 'reactflow';
import { isControl } from '#workflows/graph/schema.ts';
import { cx } from '../../ui/cx.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { selectGraph, useCanvas } from '../CanvasContext.ts';
import { FarContext } from '../FarContext.ts';
import { HANDLES } from '../flow/ports.ts';
import type { FlowNode } from '../flow/toFlow.ts';
import { useGlow } from '../gestures/connecting.ts';
import { useTaskRun } from '../run/useTaskRun.ts';
import styles from './ControlCard.module.css';
import { CONTROL_ICONS, CONTROL_TITLES } from './controlIcons.ts';
import { controlSummary } from './controlSummary.ts';
import { NodeName } from './NodeName.tsx';

/** What decides, repeats or waits: what it is, what it is called, and what it does. */
export const ControlCard = memo(function ControlCard({ id, data }: NodeProps<FlowNode>) {
  const run = useTaskRun(id);
  const glow = useGlow(id);
  const isFar = useContext(FarContext);
  const graph = useCanvas(selectGraph);
  const { node } = data;
  if (!isControl(node)) return null;
  const Icon = CONTROL_ICONS[node.kind];
  return (
    <article
      className={cx(styles.control, run && styles[run.status], glow && styles[glow], isFar && styles.far)}
      data-node-id={id}
      data-status={run?.status ?? 'none'}
    >
      {!isFar && (
        <>
          <header className={styles.head}>
            <span className={styles.icon} aria-hidden>
              <Icon />
            </span>
            <div className={styles.who}>
              <small>{CONTROL_TITLES[node.kind]}</small>
              <NodeName id={id} name={node.data.name} />
            </div>
          </header>
          <footer className={styles.foot}>
            {run && run.status !== 'queued' ? (
              <StatusChip status={run.status} word={run.word} />
            ) : (
              <span>{controlSummary(node, graph)}</span>
            )}
          </footer>
          <Handle id={HANDLES.in} type="target" position={Position.Left} title="Comes after" />
          <Handle id={HANDLES.out} type="source" position={Position.Right} title="Goes on" />
        </>
      )}
    </article>
  );
});
