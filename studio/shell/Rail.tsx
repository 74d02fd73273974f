import { Tooltip } from '@mui/material';
import { BookOpen, Inbox, type LucideIcon, Play, UserRound, Users } from 'lucide-react';
import { Link, NavLink } from 'react-router';
import { useOpenCount } from '../questions/useOpenCount.ts';
import { plural } from '../ui/formats.ts';
import { WorkspaceSwitch } from '../workspace/WorkspaceSwitch.tsx';
import { type Account, AccountMenu } from './AccountMenu.tsx';
import styles from './Rail.module.css';
import { ThemeSwitch } from './ThemeSwitch.tsx';

const PLACES = [
  { to: '/crews', label: 'Crews', icon: Users },
  { to: '/agents', label: 'Agents', icon: UserRound },
  { to: '/simulations', label: 'Simulations', icon: Play },
  { to: '/knowledge', label: 'Knowledge', icon: BookOpen },
] as const;

export function Rail({ account }: { readonly account: Account }) {
  return (
    <nav className={styles.rail} aria-label="Main">
      <Link to="/crews" className={styles.mark} aria-label="Troupe, to your crews">
        T
      </Link>
      <WorkspaceSwitch />
      {PLACES.map((place) => (
        <Place key={place.to} {...place} />
      ))}
      <InboxPlace />
      <span className={styles.gap} />
      <ThemeSwitch />
      <AccountMenu account={account} />
    </nav>
  );
}

interface PlaceProps {
  readonly to: string;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly count?: number;
}

/** With how many questions wait in it. */
function InboxPlace() {
  const count = useOpenCount();
  const label = count > 0 ? `Inbox, ${plural(count, 'open question')}` : 'Inbox';
  return <Place to="/inbox" label={label} icon={Inbox} count={count} />;
}

function Place({ to, label, icon: Icon, count = 0 }: PlaceProps) {
  return (
    <Tooltip title={label} placement="right">
      <NavLink to={to} aria-label={label} className={styles.place}>
        <Icon aria-hidden />
        {count > 0 && (
          <span className={styles.count} aria-hidden data-testid="inbox-count">
            {count > 99 ? '99+' : count}
          </span>
        )}
      </NavLink>
    </Tooltip>
  );
}
