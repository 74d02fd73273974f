import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Chip.module.css';
import { cx } from './cx.ts';
import type { Tone } from './statuses.ts';

interface ChipProps {
  readonly tone?: Tone | 'red' | 'info';
  readonly icon?: LucideIcon | undefined;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

/** A word or two in a rounded field. */
export function Chip({ tone = 'quiet', icon: Icon, title, children }: ChipProps) {
  return (
    <span className={cx(styles.chip, styles[tone])} title={title}>
      {Icon && <Icon aria-hidden />}
      {children}
    </span>
  );
}
