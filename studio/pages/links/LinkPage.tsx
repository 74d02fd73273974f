import type { ReactNode } from 'react';
import { Face } from '../../ui/Face.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { Prologue } from '../welcome/Prologue.tsx';
import styles from './LinkPage.module.css';

interface LinkPageProps {
  readonly title: string;
  /** Whose mask looks out of it. */
  readonly face: string;
  readonly children: ReactNode;
}

/** A page that a mail leads to: the door of the house, with one thing to do or to know. */
export function LinkPage({ title, face, children }: LinkPageProps) {
  useTitle(title);
  return (
    <main className={styles.page}>
      <Prologue />
      <section className={styles.door} aria-live="polite">
        <Face name={face} index={face.length} size={64} isDecorative />
        <h2>{title}</h2>
        {children}
      </section>
    </main>
  );
}
