import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';
import styles from './Field.module.css';

interface Described {
  readonly id?: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: boolean | undefined;
}

interface FieldProps {
  readonly label: ReactNode;
  /** Beside the label, on the right. */
  readonly aside?: ReactNode;
  readonly hint?: ReactNode;
  readonly problem?: string | undefined;
  readonly children: ReactElement<Described>;
}

/** A label above its control, what it means below, and what is wrong with it. */
export function Field({ label, aside, hint, problem, children }: FieldProps) {
  const id = useId();
  const help = problem ?? hint;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      {cloneElement(children, {
        id,
        'aria-describedby': help ? `${id}-help` : undefined,
        'aria-invalid': problem ? true : undefined,
      })}
      {help && (
        <p id={`${id}-help`} className={problem ? styles.problem : styles.hint}>
          {help}
        </p>
      )}
    </div>
  );
}
