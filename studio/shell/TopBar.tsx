import type { ReactNode } from 'react';
import styles from './TopBar.module.css';

interface TopBarProps {
  readonly title: ReactNode;
  /** Chips beside the title. */
  readonly about?: ReactNode;
  readonly children?: ReactNode;
}

/** Title and what is known on the left, what can be done on the right. */
export const TopBar = ({ title, about, children }: TopBarProps) => (
  <header className={styles.top}>
    <div className={styles.head}>
      {typeof title === 'string' ? <h1 className={styles.title}>{title}</h1> : title}
      {about}
    </div>
    <div className={styles.actions}>{children}</div>
  </header>
);
