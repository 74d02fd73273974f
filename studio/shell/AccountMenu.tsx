import { IconButton, Menu, MenuItem, Tooltip } from '@mui/material';
import type { inferRouterOutputs } from '@trpc/server';
import { LogOut, Settings, ShieldUser, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { AppRouter } from '#api/router.ts';
import { useLogout } from '../session.ts';
import { PersonFace } from '../ui/PersonFace.tsx';
import styles from './AccountMenu.module.css';

export type Account = NonNullable<inferRouterOutputs<AppRouter>['users']['me']>;

export function AccountMenu({ account }: { readonly account: Account }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { user } = account;
  return (
    <>
      <Tooltip title={user.name} placement="right">
        <IconButton
          aria-label={`Account of ${user.name}`}
          onClick={(event) => setAnchor(event.currentTarget)}
        >
          <span>
            <PersonFace name={user.name} avatarUrl={user.avatarUrl} isDecorative />
          </span>
        </IconButton>
      </Tooltip>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <li role="presentation" className={styles.who}>
          <b>{user.name}</b>
          <span>{user.email ?? 'Trying Troupe without an account'}</span>
        </li>
        <AccountItems
          isGuest={user.isGuest}
          isAdmin={user.role === 'admin'}
          onClose={() => setAnchor(null)}
        />
      </Menu>
    </>
  );
}

interface AccountItemsProps {
  readonly isGuest: boolean;
  readonly isAdmin: boolean;
  /** The rail, and the menu with it, stays when the page changes. */
  readonly onClose: () => void;
}

function AccountItems({ isGuest, isAdmin, onClose }: AccountItemsProps) {
  const navigate = useNavigate();
  const logout = useLogout();
  const openPage = (path: string) => {
    onClose();
    void navigate(path);
  };
  return (
    <>
      {isGuest && (
        <MenuItem onClick={() => navigate('/signup')}>
          <UserPlus aria-hidden />
          Sign up and keep your work
        </MenuItem>
      )}
      <MenuItem onClick={() => openPage('/settings')}>
        <Settings aria-hidden />
        Settings
      </MenuItem>
      {isAdmin && (
        <MenuItem onClick={() => openPage('/admin')}>
          <ShieldUser aria-hidden />
          Administration
        </MenuItem>
      )}
      <MenuItem disabled={logout.isPending} onClick={() => logout.mutate(undefined)}>
        <LogOut aria-hidden />
        {isGuest ? 'Leave, and lose this work' : 'Log out'}
      </MenuItem>
    </>
  );
}
