import { memo } from 'react';
import { BaseEdge, type EdgeProps, getBezierPath } from 'reactflow';
import type { FlowEdge } from '../flow/toFlow.ts';
import styles from './edges.module.css';

/** Waiting that nobody drew: in a sequential crew each task comes after the one before. */
export const ImpliedEdge = memo(function ImpliedEdge(props: EdgeProps<FlowEdge>) {
  const [path] = getBezierPath(props);
  return <BaseEdge id={props.id} path={path} interactionWidth={0} className={styles.implied} />;
});
