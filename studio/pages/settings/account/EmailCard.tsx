import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { BadgeCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { LetterSheet } from '../../../mails/LetterSheet.tsx';
import { firstProblem } from '../../../problemsByField.ts';
import type { Account } from '../../../shell/AccountMenu.tsx';
import { trpc } from '../../../trpc.ts';
import { Card } from '../../../ui/Card.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { Field } from '../../../ui/Field.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import styles from './AccountPage.module.css';

/** The address one logs in with. Another one is used once a link to it was followed. */
export function EmailCard({ user }: { readonly user: Account['user'] }) {
  const [email, setEmail] = useState('');
  const ask = useMutation(trpc.users.requestEmail.mutationOptions({ onSuccess: () => setEmail('') }));
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate({ email: email.trim() });
  };
  return (
    <Card title="E-mail address">
      <p className={styles.address}>
        <b>{user.email}</b>
        {user.isVerified ? (
          <Chip tone="ok" icon={BadgeCheck}>
            Confirmed
          </Chip>
        ) : (
          <Chip>Not confirmed yet</Chip>
        )}
      </p>
      <form onSubmit={handleSubmit}>
        <Field
          label="New address"
          hint="We mail a link to it. The old address is told, and can take the change back for 7 days."
          problem={ask.error ? firstProblem(ask.error) : undefined}
        >
          <TextInput
            type="email"
            autoComplete="email"
            required
            maxLength={320}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        {ask.isSuccess && <p role="status">{ask.data.message}</p>}
        <div className={styles.buttons}>
          <Button type="submit" disabled={ask.isPending}>
            Change the address
          </Button>
          {ask.isSuccess && <LetterSheet to={ask.variables.email} />}
        </div>
      </form>
    </Card>
  );
}
