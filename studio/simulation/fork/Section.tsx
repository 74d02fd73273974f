import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Chip } from '../../ui/Chip.tsx';
import styles from './ForkPanel.module.css';

interface SectionProps {
  readonly title: string;
  /** How many things in it differ. */
  readonly count: number;
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}

/** One kind of change, folded until it is wanted. */
export const Section = ({ title, count, isOpen = false, children }: SectionProps) => (
  <details className={styles.section} open={isOpen}>
    <summary>
      <ChevronRight aria-hidden />
      <span className="grow">{title}</span>
      {count > 0 && <Chip tone="now">{count} changed</Chip>}
    </summary>
    <div className={styles.fields}>{children}</div>
  </details>
);
