import styles from './GuestBanner.module.css';
import { SendAgain } from './SendAgain.tsx';

export const UnverifiedBanner = ({ email }: { readonly email: string | null }) => (
  <aside className={styles.banner} aria-label="Your address is not confirmed">
    <span>
      Confirm your address
      <span className={styles.long}> by the link that we mailed to {email}, to invite others and share</span>.
    </span>
    <span className={styles.buttons}>
      <SendAgain isSmall />
    </span>
  </aside>
);
