import { Button } from '@mui/material';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { cx } from './cx.ts';
import styles from './RowList.module.css';

interface RowListProps {
  /** For rows of many columns. */
  readonly isWide?: boolean;
  /** Shows the next page; undefined when there is none. */
  readonly onMore?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** Rows one below the other in one frame, in pages. */
export const RowList = ({ isWide = false, onMore, children }: RowListProps) => (
  <div className="scroll">
    <ul className={cx(styles.list, isWide && styles.wide)}>{children}</ul>
    {onMore && (
      <div className={styles.more}>
        <Button onClick={onMore}>Show more</Button>
      </div>
    )}
  </div>
);

interface LinkRowProps {
  readonly to: string;
  /** How what is in it is laid out. */
  readonly className: string | undefined;
  readonly testId: string;
  readonly children: ReactNode;
}

/** A row that leads somewhere as a whole. */
export const LinkRow = ({ to, className, testId, children }: LinkRowProps) => (
  <li>
    <Link to={to} className={cx(styles.row, className)} data-testid={testId}>
      {children}
    </Link>
  </li>
);

/** A row that can be looked at, with what can be done in it. */
export const PlainRow = ({ className, testId, children }: Omit<LinkRowProps, 'to'>) => (
  <li className={cx(styles.row, className)} data-testid={testId}>
    {children}
  </li>
);
