import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { Chip } from '../../../ui/Chip.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Face } from '../../../ui/Face.tsx';
import { formatWhen } from '../../../ui/formats.ts';
import { IconAction } from '../../../ui/IconAction.tsx';
import { ROLE_NAMES, ROLE_WORDS, useMay, useWorkspace } from '../../../workspace/useWorkspace.ts';
import styles from './MembersPage.module.css';
import { RoleSelect } from './RoleSelect.tsx';
import { type Member, useMemberCommands } from './useMemberCommands.ts';

export function MemberRow({ member }: { readonly member: Member }) {
  const { id, name: workspaceName } = useWorkspace();
  const mayManage = useMay('manage');
  const [isAsking, setIsAsking] = useState(false);
  const { changeRole, remove } = useMemberCommands();
  const { userId, name, email, role, isYou, joinedAt } = member;
  return (
    <li className={styles.row} data-testid="member-row">
      <Face name={name} index={name.length} size={34} isDecorative />
      <div className={styles.who}>
        <span className={styles.name}>
          <b>{name}</b>
          {isYou && <Chip>You</Chip>}
        </span>
        <small>{[email, `here since ${formatWhen(joinedAt)}`].filter(Boolean).join(', ')}</small>
      </div>
      {mayManage ? (
        <RoleSelect
          label={`Role of ${name}`}
          value={role}
          isDisabled={changeRole.isPending}
          onChange={(next) => changeRole.mutate({ id, userId, role: next })}
        />
      ) : (
        <span title={ROLE_WORDS[role]}>
          <Chip>{ROLE_NAMES[role]}</Chip>
        </span>
      )}
      {mayManage && !isYou && (
        <IconAction
          label={`Take out ${name}`}
          icon={UserMinus}
          size="small"
          isDisabled={remove.isPending}
          onClick={() => setIsAsking(true)}
        />
      )}
      {isAsking && (
        <ConfirmDialog
          title={`Take ${name} out of ${workspaceName}?`}
          text="They see nothing of it any more, at once. What they started runs on; keys they kept for themselves are deleted."
          confirm="Take out"
          onClose={() => setIsAsking(false)}
          onConfirm={() => remove.mutate({ id, userId })}
        />
      )}
    </li>
  );
}
