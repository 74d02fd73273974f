import { TriangleAlert } from 'lucide-react';
import styles from './StepPanel.module.css';

/** Of a call whose tool said that it failed: the simulation has not. */
export const ToolFailed = () => (
  <p className={styles.toolFailed} role="note">
    <TriangleAlert aria-hidden />
    The tool said that it failed. The agent read what it said, and went on.
  </p>
);
