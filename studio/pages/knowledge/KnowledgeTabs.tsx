import { NavLink } from 'react-router';
import styles from './KnowledgeTabs.module.css';

/** What agents can read, and what crews remember. */
export const KnowledgeTabs = () => (
  <nav aria-label="Knowledge" className={styles.tabs}>
    <NavLink to="/knowledge" end className={styles.tab}>
      Documents
    </NavLink>
    <NavLink to="/knowledge/memories" className={styles.tab}>
      Memories
    </NavLink>
  </nav>
);
