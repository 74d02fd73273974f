import { type ConnectionLineComponentProps, getBezierPath } from 'reactflow';
import { cx } from '../../ui/cx.ts';
import type { FlowNode } from '../flow/toFlow.ts';
import styles from './edges.module.css';

/** The wire in somebody's hand: red where it may not end. */
export function HeldWire(props: ConnectionLineComponentProps<FlowNode>) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition, connectionStatus } = props;
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
  });
  return (
    <g data-testid="held-wire" data-validity={connectionStatus ?? 'open'}>
      <path d={path} className={cx(styles.held, connectionStatus === 'invalid' && styles.invalid)} />
    </g>
  );
}
