import { Tooltip } from '@mui/material';
import { type LucideIcon, Play, UserRound, Users } from 'lucide-react';
import { Link, NavLink } from 'react-router';
import { type Account, AccountMenu } from './AccountMenu.tsx';
import styles from './Rail.module.css';
import { ThemeSwitch } from './ThemeSwitch.tsx';

const PLACES = [
  { to: '/crews', label: 'Crews', icon: Users },
  { to: '/agents', label: 'Agents', icon: UserRound },
  { to: '/simulations', label: 'Simulations', icon: Play },
] as const;

export function Rail({ account }: { readonly account: Account }) {
  return (
    <nav className={styles.rail} aria-label="Main">
      <Link to="/crews" className={styles.mark} aria-label="Troupe, to your crews">
        T
      </Link>
      {PLACES.map((place) => (
        <Place key={place.to} {...place} />
      ))}
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
}

function Place({ to, label, icon: Icon }: PlaceProps) {
  return (
    <Tooltip title={label} placement="right">
      <NavLink to={to} aria-label={label} className={styles.place}>
        <Icon aria-hidden />
      </NavLink>
    </Tooltip>
  );
}
