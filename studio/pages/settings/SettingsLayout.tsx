import { NavLink, Outlet } from 'react-router';
import { cx } from '../../ui/cx.ts';
import { SETTINGS } from './places.ts';
import styles from './SettingsLayout.module.css';

/** Everything that is set up and then left alone: places on the left, one of them beside them. */
export const SettingsLayout = () => (
  <div className={cx('page', styles.settings)}>
    <nav aria-label="Settings" className={styles.places}>
      {SETTINGS.map(({ to, label, icon: Icon }) => (
        <NavLink key={to} to={to} className={styles.link}>
          <Icon aria-hidden />
          {label}
        </NavLink>
      ))}
    </nav>
    <div className={styles.place}>
      <Outlet />
    </div>
  </div>
);
