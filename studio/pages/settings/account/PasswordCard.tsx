import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemsByField } from '../../../problemsByField.ts';
import { trpc } from '../../../trpc.ts';
import { Card } from '../../../ui/Card.tsx';
import { Field } from '../../../ui/Field.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { toast } from '../../../ui/toasts.ts';
import styles from './AccountPage.module.css';

const EMPTY = { oldPassword: '', password: '', signOutOthers: true };

/** Takes the old password and a new one, and signs out everywhere else unless told not to. */
export function PasswordCard({ email }: { readonly email: string }) {
  const [draft, setDraft] = useState(EMPTY);
  const change = useMutation(
    trpc.users.changePassword.mutationOptions({
      onSuccess() {
        setDraft(EMPTY);
        toast({ text: 'Your password is changed. We mailed you a note of it.' });
      },
    }),
  );
  const problems = problemsByField(change.error);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(draft);
  };
  return (
    <Card title="Password">
      <form onSubmit={handleSubmit}>
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <Field label="Old password" problem={problems.get('')}>
          <TextInput
            type="password"
            autoComplete="current-password"
            required
            value={draft.oldPassword}
            onChange={(event) => setDraft({ ...draft, oldPassword: event.target.value })}
          />
        </Field>
        <Field
          label="New password"
          hint="8 characters at least. A few words that belong to nobody else are best."
          problem={problems.get('password')}
        >
          <TextInput
            type="password"
            autoComplete="new-password"
            required
            minLength={8}
            value={draft.password}
            onChange={(event) => setDraft({ ...draft, password: event.target.value })}
          />
        </Field>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.signOutOthers}
            onChange={(event) => setDraft({ ...draft, signOutOthers: event.target.checked })}
          />
          Sign out on all other devices
        </label>
        <Button type="submit" disabled={change.isPending}>
          Change the password
        </Button>
      </form>
    </Card>
  );
}
