import { Dialog } from '@mui/material';
import { X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { IconAction } from './IconAction.tsx';
import styles from './Modal.module.css';

interface ModalProps {
  readonly title: string;
  readonly width?: 'xs' | 'sm' | 'md' | 'xl';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** Left out where an answer is needed. */
  readonly onClose?: (() => void) | undefined;
}

/** A question or a form in front of the page. */
export function Modal({ title, width = 'xs', children, actions, onClose }: ModalProps) {
  const id = useId();
  return (
    <Dialog open {...(onClose ? { onClose } : {})} maxWidth={width} fullWidth aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        {onClose && <IconAction label="Close" icon={X} size="small" onClick={onClose} />}
      </header>
      <div className={styles.body}>{children}</div>
      {actions && <footer className={styles.actions}>{actions}</footer>}
    </Dialog>
  );
}
