import { memo } from 'react';
import { BaseEdge, type EdgeProps, getBezierPath } from 'reactflow';
import { castColour } from '../../ui/castColour.ts';
import { cx } from '../../ui/cx.ts';
import type { FlowEdge } from '../flow/toFlow.ts';
import styles from './edges.module.css';

/** Who does a task. Drawn quietly: the card has the face and the colour already. */
export const AssignmentEdge = memo(function AssignmentEdge(props: EdgeProps<FlowEdge>) {
  const [path] = getBezierPath(props);
  return (
    <g style={{ '--c': castColour(props.data?.castIndex ?? -1) }}>
      <BaseEdge
        id={props.id}
        path={path}
        interactionWidth={18}
        className={cx(styles.assignment, props.selected && styles.selected)}
      />
    </g>
  );
});
