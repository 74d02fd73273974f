import { Button } from '@mui/material';
import { Send } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '../../../problem.ts';
import { Field } from '../../../ui/Field.tsx';
import { Modal } from '../../../ui/Modal.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { toast } from '../../../ui/toasts.ts';
import { ROLE_NAMES, ROLE_WORDS, type Role, useWorkspace } from '../../../workspace/useWorkspace.ts';
import styles from './MembersPage.module.css';
import { ROLES } from './RoleSelect.tsx';
import { useMemberCommands } from './useMemberCommands.ts';

/** Whom to invite, and as what. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const formId = useId();
  const { id, name } = useWorkspace();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const { invite } = useMemberCommands();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    const to = email.trim();
    invite.mutate(
      { id, email: to, role },
      {
        onSuccess: () => {
          toast({ text: `An invitation is on its way to ${to}.` });
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      title={`Invite to ${name}`}
      width="sm"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="primary"
            disabled={invite.isPending || email.trim() === ''}
          >
            <Send aria-hidden />
            Send the invitation
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <Field
          label="E-mail"
          hint="The link in the mail is good for seven days, and for this address alone."
          problem={invite.isError ? problemOf(invite.error).message : undefined}
        >
          <TextInput
            type="email"
            value={email}
            maxLength={320}
            required
            autoComplete="off"
            autoFocus
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <fieldset className={styles.roles}>
          <legend>May there</legend>
          {ROLES.toReversed().map((each) => (
            <label key={each} className={styles.choice}>
              <input type="radio" name="role" checked={role === each} onChange={() => setRole(each)} />
              <span>
                <b>{ROLE_NAMES[each]}</b>
                <small>{ROLE_WORDS[each]}</small>
              </span>
            </label>
          ))}
        </fieldset>
      </form>
    </Modal>
  );
}
