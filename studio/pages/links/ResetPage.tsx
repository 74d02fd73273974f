import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../problem.ts';
import { firstProblem } from '../../problemsByField.ts';
import { startAnew } from '../../session.ts';
import { trpc } from '../../trpc.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './LinkPage.module.css';
import { LinkPage } from './LinkPage.tsx';
import { Onward } from './Onward.tsx';
import { useLinkToken } from './useLinkToken.ts';

/** Where the link leads by which a new password is chosen. */
export function ResetPage() {
  const token = useLinkToken();
  const [password, setPassword] = useState('');
  const reset = useMutation(trpc.users.resetPassword.mutationOptions({ onSuccess: startAnew }));
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    reset.mutate({ token, password });
  };
  if (reset.isSuccess)
    return (
      <LinkPage title="Your password is changed" face="Locksmith">
        <p>Everybody who was signed in to your account is signed out, you included.</p>
        <Onward />
      </LinkPage>
    );
  if (token === '' || (reset.isError && problemOf(reset.error).code === 'token.invalid')) return <OldLink />;
  return (
    <LinkPage title="Choose a new password" face="Locksmith">
      <form className={styles.form} onSubmit={handleSubmit}>
        <Field
          label="New password"
          hint="8 characters at least. A few words that belong to nobody else are best."
          problem={reset.error ? firstProblem(reset.error) : undefined}
        >
          <TextInput
            type="password"
            autoComplete="new-password"
            required
            minLength={8}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Field>
        <Button
          type="submit"
          size="large"
          fullWidth
          variant="contained"
          color="primary"
          disabled={reset.isPending}
        >
          Change the password
        </Button>
      </form>
    </LinkPage>
  );
}

const OldLink = () => (
  <LinkPage title="This link does not work any more" face="Locksmith">
    <p role="alert">It was used, it is older than 30 minutes, or a newer one was mailed.</p>
    <Button component={Link} to="/forgot" size="large" variant="contained" color="primary">
      Ask for a new link
    </Button>
  </LinkPage>
);
