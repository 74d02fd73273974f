import { EdgeLabelRenderer } from 'reactflow';
import styles from './OutcomeLabel.module.css';

interface OutcomeLabelProps {
  readonly outcome: string;
  readonly x: number;
  readonly y: number;
}

/** On a line from a decision: when it is taken. */
export const OutcomeLabel = ({ outcome, x, y }: OutcomeLabelProps) => (
  <EdgeLabelRenderer>
    <span className={styles.outcome} style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}>
      {outcome}
    </span>
  </EdgeLabelRenderer>
);
