import type { ComponentPropsWithRef } from 'react';
import { cx } from './cx.ts';
import styles from './TextInput.module.css';

/** A line of text. Native, so that uncontrolled forms and the browser's own undo work in it. */
export const TextInput = ({ className, ...props }: ComponentPropsWithRef<'input'>) => (
  <input {...props} className={cx(styles.input, className)} />
);

/** Text of many lines that grows with what is written. */
export const TextArea = ({ className, ...props }: ComponentPropsWithRef<'textarea'>) => (
  <textarea
    {...props}
    className={cx(styles.input, styles.area, className)}
    style={{ '--rows': props.rows ?? 3, ...props.style }}
  />
);

/** One of a few. Native, because no list of ours is better on a phone. */
export const Select = ({ className, ...props }: ComponentPropsWithRef<'select'>) => (
  <select {...props} className={cx(styles.input, styles.select, className)} />
);
