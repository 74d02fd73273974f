import { Button } from '@mui/material';
import type { ReactNode } from 'react';
import { problemOf } from '../problem.ts';
import { Face } from './Face.tsx';
import styles from './Screen.module.css';

interface ScreenProps {
  /** Whose mask looks out of it. */
  readonly face: string;
  readonly index?: number;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  readonly role?: 'alert' | 'status';
}

/** A drawn screen: a face, a sentence, one button. Empty, loading and failed are all of this shape. */
export function Screen({ face, index = 0, title, children, action, role }: ScreenProps) {
  return (
    <section className={styles.screen} role={role}>
      <Face name={face} index={index} size={72} isDecorative />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </section>
  );
}

export const LoadingScreen = ({ title }: { readonly title: string }) => (
  <section className={styles.loading} role="status">
    <span className={styles.faces} aria-hidden>
      {['Researcher', 'Writer', 'Reviewer'].map((name, index) => (
        <Face key={name} name={name} index={[4, 0, 5][index] ?? 0} size={34} isDecorative />
      ))}
    </span>
    <p>{title}</p>
  </section>
);

interface FailedScreenProps {
  readonly title: string;
  readonly error: unknown;
  /** In place of what the error says. */
  readonly message?: string | undefined;
  readonly onRetry?: (() => unknown) | undefined;
}

/** What went wrong, under which id the server wrote it down, and the way to try again. */
export function FailedScreen({ title, error, message, onRetry }: FailedScreenProps) {
  const problem = problemOf(error);
  return (
    <Screen
      face="Baker"
      index={0}
      title={title}
      role="alert"
      action={
        onRetry && (
          <Button variant="contained" color="primary" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {message ?? problem.message}
      {problem.requestId && <span className={styles.request}>Request {problem.requestId}</span>}
    </Screen>
  );
}
