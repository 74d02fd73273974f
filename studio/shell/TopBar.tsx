import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { cx } from '../ui/cx.ts';
import styles from './TopBar.module.css';

interface TopBarProps {
  /** The list that this is one of. */
  readonly back?: { readonly to: string; readonly label: string };
  readonly title: ReactNode;
  /** Chips beside the title. */
  readonly about?: ReactNode;
  /** On a phone what can be done has a line of its own, whatever it is, so that nothing jumps when it changes. */
  readonly isStacked?: boolean;
  readonly children?: ReactNode;
}

/** Title and what is known on the left, what can be done on the right. */
export const TopBar = ({ back, title, about, isStacked = false, children }: TopBarProps) => (
  <header className={cx(styles.top, isStacked && styles.stacked)}>
    <div className={styles.head}>
      {back && (
        <Link to={back.to} className={styles.back} aria-label={`Back to ${back.label}`}>
          <ArrowLeft aria-hidden />
        </Link>
      )}
      {typeof title === 'string' ? <h1 className={styles.title}>{title}</h1> : title}
      {about}
    </div>
    <div className={styles.actions}>{children}</div>
  </header>
);
