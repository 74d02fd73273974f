import { Button } from '@mui/material';
import { Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { downloadText } from '../../../simulation/data/downloadText.ts';
import { Modal } from '../../../ui/Modal.tsx';
import { toast } from '../../../ui/toasts.ts';
import styles from './SecurityPage.module.css';

interface RecoveryCodesDialogProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

/** Shown once: nobody can read them again. */
export function RecoveryCodesDialog({ codes, onClose }: RecoveryCodesDialogProps) {
  const [isKept, setIsKept] = useState(false);
  const text = codes.join('\n');
  const copy = () => {
    navigator.clipboard
      .writeText(text)
      .then(() => toast({ text: 'The codes are copied.' }))
      .catch(() => toast({ text: 'The browser did not let us copy. Download them instead.', tone: 'fail' }));
  };
  return (
    <Modal
      title="Keep your recovery codes"
      actions={
        <Button variant="contained" color="primary" disabled={!isKept} onClick={onClose}>
          Done
        </Button>
      }
    >
      <p className="muted">
        Each of these logs you in once when your phone is lost. They are shown now and never again: keep them
        where you keep what matters, and not on the phone.
      </p>
      <ul className={styles.codes} aria-label="Recovery codes">
        {codes.map((code) => (
          <li key={code} className="mono">
            {code}
          </li>
        ))}
      </ul>
      <div className={styles.acts}>
        <Button onClick={copy}>
          <Copy aria-hidden />
          Copy
        </Button>
        <Button onClick={() => downloadText('troupe-recovery-codes.txt', `${text}\n`)}>
          <Download aria-hidden />
          Download
        </Button>
      </div>
      <label className={styles.kept}>
        <input type="checkbox" checked={isKept} onChange={(event) => setIsKept(event.target.checked)} />I have
        kept them
      </label>
    </Modal>
  );
}
