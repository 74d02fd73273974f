import { Activity, Building2, ChartColumn, CircleAlert, type LucideIcon, UsersRound } from 'lucide-react';
import { NavLink, Outlet } from 'react-router';
import { useAccount } from '../../session.ts';
import { cx } from '../../ui/cx.ts';
import { NotFoundPage } from '../NotFoundPage.tsx';
// The same places at the left as in the settings: whoever knows those finds their way here.
import styles from '../settings/SettingsLayout.module.css';

interface AdminPlace {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
}

const PLACES: readonly AdminPlace[] = [
  { to: '/admin/users', label: 'Users', icon: UsersRound },
  { to: '/admin/workspaces', label: 'Workspaces', icon: Building2 },
  { to: '/admin/usage', label: 'Usage', icon: ChartColumn },
  { to: '/admin/failures', label: 'Failures', icon: CircleAlert },
  { to: '/admin/health', label: 'Health', icon: Activity },
];

/** For those who look after the installation; for everybody else there is no such page. */
export function AdminLayout() {
  const account = useAccount();
  if (account.data?.user.role !== 'admin') return <NotFoundPage />;
  return (
    <div className={cx('page', styles.settings)}>
      <nav aria-label="Administration" className={styles.places}>
        {PLACES.map(({ to, label, icon: Icon }) => (
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
