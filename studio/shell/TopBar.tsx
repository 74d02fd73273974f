import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import styles from './TopBar.module.css';

interface TopBarProps {
  readonly title: ReactNode;
  /** Chips beside the title. */
  readonly about?: ReactNode;
  /** On a phone what can be done has a line of its own, whatever it is, so that nothing jumps when it changes. */
  readonly isStacked?: boolean;
  readonly children?: ReactNode;
}

/** Title and what is known on the left, what can be done on the right. */
export const TopBar = ({ title, about, isStacked = false, children }: TopBarProps) => (
  <header className={cx(styles.top, isStacked && styles.stacked)}>
    <div className={styles.head}>
      {typeof title === 'string' ? <h1 className={styles.title}>{title}</h1> : title}
      {about}
    </div>
    <div className={styles.actions}>{children}</div>
  </header>
);
