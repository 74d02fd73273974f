import { Link } from 'react-router';
import styles from './GuestBanner.module.css';

export const GuestBanner = () => (
  <aside className={styles.banner} aria-label="You are a guest">
    <span>
      You are trying Troupe as a guest. <b>Nothing is lost</b>
      <span className={styles.long}>: keep your crews and their simulations by signing up.</span>
    </span>
    <Link to="/signup">Sign up and keep it</Link>
  </aside>
);
