import { Mail, RotateCw, X } from 'lucide-react';
import { Chip } from '../../../ui/Chip.tsx';
import { formatWhen } from '../../../ui/formats.ts';
import { IconAction } from '../../../ui/IconAction.tsx';
import { toast } from '../../../ui/toasts.ts';
import { ROLE_NAMES, useWorkspace } from '../../../workspace/useWorkspace.ts';
import styles from './MembersPage.module.css';
import { type Invitation, useMemberCommands } from './useMemberCommands.ts';

export function InvitationRow({ invitation }: { readonly invitation: Invitation }) {
  const workspace = useWorkspace();
  const { invite, revoke } = useMemberCommands();
  const { id, email, role, invitedBy, createdAt, expiresAt } = invitation;
  const isOver = Date.parse(expiresAt) < Date.now();
  const sendAgain = () =>
    invite.mutate(
      { id: workspace.id, email, role },
      { onSuccess: () => toast({ text: `Another link is on its way to ${email}.` }) },
    );
  return (
    <li className={styles.row} data-testid="invitation-row">
      <span className={styles.envelope}>
        <Mail aria-hidden />
      </span>
      <div className={styles.who}>
        <span className={styles.name}>
          <b>{email}</b>
          {isOver && <Chip tone="wait">The link is too old</Chip>}
        </span>
        <small>
          Invited {formatWhen(createdAt)}
          {invitedBy && ` by ${invitedBy}`}
        </small>
      </div>
      <Chip>{ROLE_NAMES[role]}</Chip>
      <span>
        <IconAction
          label={`Send ${email} another link`}
          icon={RotateCw}
          size="small"
          isDisabled={invite.isPending}
          onClick={sendAgain}
        />
        <IconAction
          label={`Take the invitation of ${email} back`}
          icon={X}
          size="small"
          isDisabled={revoke.isPending}
          onClick={() => revoke.mutate({ id: workspace.id, invitationId: id })}
        />
      </span>
    </li>
  );
}
