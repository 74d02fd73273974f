import { Button } from '@mui/material';
import { useState } from 'react';
import { useAccount } from '../../session.ts';
import { Chip } from '../../ui/Chip.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Face } from '../../ui/Face.tsx';
import { formatMoment, formatWhen } from '../../ui/formats.ts';
import styles from './Admin.module.css';
import { type AdminUser, useUserCommands } from './useAdminCommands.ts';

export function UserRow({ user }: { readonly user: AdminUser }) {
  const { name, email, workspaces, lastSeenAt, createdAt } = user;
  return (
    <li className={styles.user}>
      <Face name={name} index={name.length} size={34} isDecorative />
      <div className={styles.name}>
        <b>{name}</b>
        <small>{email ?? 'no address'}</small>
      </div>
      <div className={styles.chips}>
        {user.role === 'admin' && <Chip tone="info">Administrator</Chip>}
        {user.disabledAt && <Chip tone="fail">Closed {formatWhen(user.disabledAt)}</Chip>}
        {!user.isGuest && !user.isVerified && <Chip tone="wait">Address not confirmed</Chip>}
      </div>
      <small className={styles.about}>
        <span title={formatMoment(lastSeenAt ?? createdAt)}>
          {lastSeenAt ? `seen ${formatWhen(lastSeenAt)}` : `not signed in, joined ${formatWhen(createdAt)}`}
        </span>
        <span>{workspaces.map((workspace) => `${workspace.name} (${workspace.role})`).join(', ')}</span>
      </small>
      <UserActs user={user} />
    </li>
  );
}

function UserActs({ user }: { readonly user: AdminUser }) {
  const [asked, setAsked] = useState<'disable' | 'role' | null>(null);
  const account = useAccount();
  const { disable, enable, setRole } = useUserCommands(user);
  const { id, name } = user;
  const isAdmin = user.role === 'admin';
  const isSelf = account.data?.user.id === id;
  return (
    <div className={styles.acts}>
      {!user.isGuest && !user.disabledAt && (
        <Button size="small" onClick={() => setAsked('role')}>
          {isAdmin ? 'No longer administrator' : 'Make administrator'}
        </Button>
      )}
      {user.disabledAt && (
        <Button size="small" onClick={() => enable.mutate({ id })}>
          Open again
        </Button>
      )}
      {!user.disabledAt && !isSelf && (
        <Button size="small" onClick={() => setAsked('disable')}>
          Close account
        </Button>
      )}
      {asked === 'disable' && (
        <ConfirmDialog
          title={`Close the account of ${name}?`}
          text="They are signed out everywhere at once and cannot log in. Nothing of theirs is lost, and you can open it again."
          confirm="Close account"
          onConfirm={() => disable.mutate({ id })}
          onClose={() => setAsked(null)}
        />
      )}
      {asked === 'role' && (
        <ConfirmDialog
          title={isAdmin ? `Take ${name} off the administrators?` : `Make ${name} an administrator?`}
          text="Administrators see who there is, what is used and what failed, close accounts and stop workspaces. They see nothing that people wrote."
          confirm={isAdmin ? 'Take off' : 'Make administrator'}
          onConfirm={() => setRole.mutate({ id, role: isAdmin ? 'user' : 'admin' })}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
