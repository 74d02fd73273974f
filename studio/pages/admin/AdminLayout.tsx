import { Activity, Building2, ChartColumn, CircleAlert, UsersRound } from 'lucide-react';
import { useAccount } from '../../session.ts';
import { type Place, Places } from '../../ui/Places.tsx';
import { NotFoundPage } from '../NotFoundPage.tsx';

const PLACES: readonly Place[] = [
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
  return <Places label="Administration" groups={[{ places: PLACES }]} />;
}
