import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './form.module.css';

/** What is seldom needed, folded. Stays in the page, so that the form keeps its values. */
export const More = ({ children }: { readonly children: ReactNode }) => (
  <details className={styles.more}>
    <summary>
      <ChevronRight aria-hidden />
      More
    </summary>
    {children}
  </details>
);
