import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './form.module.css';

interface CheckProps extends ComponentPropsWithRef<'input'> {
  readonly label: ReactNode;
}

export const Check = ({ label, ...props }: CheckProps) => (
  <label className={styles.check}>
    <input type="checkbox" {...props} />
    <span>{label}</span>
  </label>
);
