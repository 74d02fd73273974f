import { useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { cx } from '../../ui/cx.ts';
import { SETTINGS } from './places.ts';
import styles from './SettingsLayout.module.css';

/** Everything that is set up and then left alone: places on the left, one of them beside them. */
export function SettingsLayout() {
  const places = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the places are one line that is longer than the screen.
  useEffect(() => {
    const here = places.current?.querySelector(`a[href="${pathname}"]`);
    here?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  return (
    <div className={cx('page', styles.settings)}>
      <nav ref={places} aria-label="Settings" className={styles.places}>
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
}
