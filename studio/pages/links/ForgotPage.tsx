import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { Link } from 'react-router';
import { LetterSheet } from '../../mails/LetterSheet.tsx';
import { firstProblem } from '../../problemsByField.ts';
import { trpc } from '../../trpc.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './LinkPage.module.css';
import { LinkPage } from './LinkPage.tsx';

/** Asks for a link to choose a new password. Says the same for every address. */
export function ForgotPage() {
  const ask = useMutation(trpc.users.forgotPassword.mutationOptions());
  const handleSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    ask.mutate({ email: String(new FormData(event.currentTarget).get('email') ?? '').trim() });
  };
  if (ask.isSuccess)
    return (
      <LinkPage title="Look into your mail" face="Postman">
        <p>{ask.data.message} It works for 30 minutes.</p>
        <div className={styles.buttons}>
          <Button onClick={() => ask.reset()}>Nothing came: try again</Button>
          <LetterSheet to={ask.variables.email} />
        </div>
        <Link to="/login">Back to log in</Link>
      </LinkPage>
    );
  return (
    <LinkPage title="Forgot your password?" face="Locksmith">
      <p>Say where your mail goes, and we send you a link to choose a new one.</p>
      <form className={styles.form} onSubmit={handleSubmit}>
        <Field label="E-mail" problem={ask.error ? firstProblem(ask.error) : undefined}>
          <TextInput name="email" type="email" autoComplete="email" required maxLength={320} />
        </Field>
        <Button
          type="submit"
          size="large"
          fullWidth
          variant="contained"
          color="primary"
          disabled={ask.isPending}
        >
          Send the link
        </Button>
      </form>
      <Link to="/login">Back to log in</Link>
    </LinkPage>
  );
}
