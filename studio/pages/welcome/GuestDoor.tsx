import { Button } from '@mui/material';
import { Sparkles } from 'lucide-react';
import { useGuest } from '../../session.ts';
import styles from './AccountForm.module.css';

/** One click, no form: a crew to try. */
export function GuestDoor() {
  const guest = useGuest();
  return (
    <div className={styles.guest}>
      <span className={styles.or}>or</span>
      <Button size="large" fullWidth disabled={guest.isPending} onClick={() => guest.mutate()}>
        <Sparkles aria-hidden />
        Try as guest
      </Button>
      <p className="faint">No form, no key. Sign up later and keep everything.</p>
    </div>
  );
}
