import { Button } from '@mui/material';
import { Drama } from 'lucide-react';
import { useGuest } from '../../session.ts';
import styles from './GuestDoor.module.css';

/** One click, no form: a crew to try. */
export function GuestDoor({ isMain }: { readonly isMain: boolean }) {
  const guest = useGuest();
  return (
    <div className={styles.guest}>
      {isMain && <h2>See a crew at work</h2>}
      <Button
        size="large"
        fullWidth
        disabled={guest.isPending}
        onClick={() => guest.mutate()}
        {...(isMain ? { variant: 'contained', color: 'primary' } : {})}
      >
        <Drama aria-hidden />
        Try as guest
      </Button>
      <p className="faint">No form, no key. Sign up later and keep everything.</p>
    </div>
  );
}
