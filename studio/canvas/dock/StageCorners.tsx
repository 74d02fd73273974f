import type { ReactNode } from 'react';
import styles from './StageCorners.module.css';

interface StageCornersProps {
  readonly left: ReactNode;
  readonly middle: ReactNode;
  readonly right: ReactNode;
}

/** What floats along the lower edge of the stage. */
export const StageCorners = ({ left, middle, right }: StageCornersProps) => (
  <div className={styles.edge}>
    <div className={styles.left}>{left}</div>
    <div className={styles.middle}>{middle}</div>
    <div className={styles.right}>{right}</div>
  </div>
);
