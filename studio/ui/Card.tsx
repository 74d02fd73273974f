import { type ReactNode, useId } from 'react';
import styles from './Card.module.css';
import { cx } from './cx.ts';

interface CardProps {
  readonly title: string;
  /** Beside the title: how things stand. */
  readonly state?: ReactNode;
  /** At the other end of its line: what can be done with all of it. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** One thing that can be set, with a heading of its own. What it says in paragraphs explains the rest. */
export function Card({ title, state, action, children }: CardProps) {
  const titleId = useId();
  return (
    <section className={cx('card', styles.card)} aria-labelledby={titleId}>
      <header className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        {state}
        {action && <span className={styles.action}>{action}</span>}
      </header>
      {children}
    </section>
  );
}

/** Cards one below the other, on what scrolls of a page. */
export const Cards = ({ children }: { readonly children: ReactNode }) => (
  <div className="scroll">
    <div className={styles.cards}>{children}</div>
  </div>
);
