import type { ReactNode } from 'react';
import { useCanvasMode } from '../CanvasMode.ts';
import styles from './Inspector.module.css';

/** Everything written in it can be read, and changed only where the crew is open to be drawn. */
export const Locked = ({ children }: { readonly children: ReactNode }) =>
  useCanvasMode() === 'read' ? (
    <fieldset disabled className={styles.locked}>
      {children}
    </fieldset>
  ) : (
    children
  );
