import { memo } from 'react';
import { BaseEdge, type EdgeProps, getBezierPath } from 'reactflow';
import { useRun } from '../../simulation/useSimulation.ts';
import { cx } from '../../ui/cx.ts';
import { useCanvasMode } from '../CanvasMode.ts';
import type { FlowEdge } from '../flow/toFlow.ts';
import { useHoveredEdge } from '../gestures/hoveredEdge.ts';
import styles from './edges.module.css';
import { OutcomeLabel } from './OutcomeLabel.tsx';
import { WireTools } from './WireTools.tsx';

/** A task's answer on its way to another task, or order without data. Gold while the other one is at work. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id, target, data, selected } = props;
  const isActive = useRun((run) => run.state.nodes[target]?.status === 'running');
  const isHovered = useHoveredEdge((state) => state.id === id);
  const isEditable = useCanvasMode() === 'edit';
  const [path, x, y] = getBezierPath(props);
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        interactionWidth={24}
        className={cx(
          styles.wire,
          data?.edge?.kind === 'next' && styles.next,
          data?.edge?.kind === 'branch' && styles.branch,
          isActive && styles.active,
          selected && styles.selected,
        )}
      />
      {data?.edge?.outcome !== undefined && <OutcomeLabel outcome={data.edge.outcome} x={x} y={y} />}
      {isEditable && (isHovered || selected) && (
        <WireTools edgeId={id} x={x} y={y} isSelected={selected === true} />
      )}
    </>
  );
});
