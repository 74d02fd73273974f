import { Button } from '@mui/material';
import type { CSSProperties, ReactNode } from 'react';
import { Link } from 'react-router';
import { formatWhen } from './formats.ts';
import styles from './LinkCard.module.css';

interface LinkCardProps {
  readonly to: string;
  readonly title: string;
  /** Who or what it is, as a picture, and what can be done with it. */
  readonly head: ReactNode;
  /** In the colour of its agent. */
  readonly role?: string | undefined;
  readonly about: string;
  /** Chips below. */
  readonly state: ReactNode;
  readonly changedAt: string;
  readonly testId: string;
  readonly style?: CSSProperties;
}

/** A thing in a library: the whole card leads to it. */
export const LinkCard = ({
  to,
  title,
  head,
  role,
  about,
  state,
  changedAt,
  testId,
  style,
}: LinkCardProps) => (
  <li className={`card ${styles.card}`} style={style} data-testid={testId}>
    <div className={styles.head}>{head}</div>
    <h2>
      <Link to={to} className={styles.name}>
        {title}
      </Link>
    </h2>
    {role && <p className={styles.role}>{role}</p>}
    <p className={styles.about}>{about}</p>
    <footer className={styles.foot}>
      {state}
      <span className="grow" />
      <span className="mono faint">{formatWhen(changedAt)}</span>
    </footer>
  </li>
);

interface CardGridProps {
  /** Shows the next page; undefined when there is none. */
  readonly onMore?: (() => void) | undefined;
  /** What stands below the cards. */
  readonly below?: ReactNode;
  readonly children: ReactNode;
}

/** As many cards beside each other as there is room for, in pages. */
export const CardGrid = ({ onMore, below, children }: CardGridProps) => (
  <div className="scroll">
    <ul className={styles.grid}>{children}</ul>
    {onMore && (
      <div className={styles.more}>
        <Button onClick={onMore}>Show more</Button>
      </div>
    )}
    {below}
  </div>
);
