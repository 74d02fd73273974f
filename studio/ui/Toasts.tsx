import { Button } from '@mui/material';
import { CircleAlert, X } from 'lucide-react';
import { IconAction } from './IconAction.tsx';
import styles from './Toasts.module.css';
import { dismissToast, type Toast, useToasts } from './toasts.ts';

export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <div className={styles.toasts} data-testid="toasts">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { id, text, tone, action } = toast;
  const handleAction = () => {
    action?.run();
    dismissToast(id);
  };
  return (
    <div className={styles.toast}>
      {tone === 'fail' && <CircleAlert aria-hidden />}
      <span className="grow">{text}</span>
      {action && (
        <Button size="small" variant="text" color="primary" onClick={handleAction}>
          {action.label}
        </Button>
      )}
      <IconAction label="Dismiss" icon={X} size="small" onClick={() => dismissToast(id)} />
    </div>
  );
}
