import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { z } from 'zod/mini';
import { problemOf } from '../../problem.ts';
import { firstProblem } from '../../problemsByField.ts';
import { startAnew } from '../../session.ts';
import { trpc } from '../../trpc.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './AccountForm.module.css';
import { SecondStep } from './SecondStep.tsx';

interface AccountFormProps {
  readonly form: 'login' | 'signup';
  readonly isGuest: boolean;
  /** Its button is what the page is for. */
  readonly isMain: boolean;
  /** Of whom it is for, where that is known. */
  readonly email?: string;
}

export function AccountForm({ form, isGuest, isMain, email }: AccountFormProps) {
  const isSignup = form === 'signup';
  const { send, isPending, problem, challenge, goBack } = useSend(isSignup);
  if (challenge) return <SecondStep challenge={challenge} onBack={goBack} />;
  return (
    <form className={styles.form} onSubmit={send}>
      {isMain && <h2>{isGuest ? 'Keep your work' : isSignup ? 'Join the company' : 'Welcome back'}</h2>}
      {isSignup && (
        <Field label="Name">
          <TextInput name="name" autoComplete="name" required maxLength={120} />
        </Field>
      )}
      <Field label="E-mail">
        <TextInput
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={320}
          defaultValue={email}
          readOnly={email !== undefined}
        />
      </Field>
      <Field label="Password" hint={isSignup ? '8 characters at least.' : undefined}>
        <TextInput
          name="password"
          type="password"
          autoComplete={isSignup ? 'new-password' : 'current-password'}
          required
          minLength={isSignup ? 8 : 1}
        />
      </Field>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
      <Button
        type="submit"
        size="large"
        fullWidth
        disabled={isPending}
        {...(isMain ? { variant: 'contained', color: 'primary' } : {})}
      >
        {isSignup ? 'Sign up' : 'Log in'}
      </Button>
    </form>
  );
}

/** Of a password that was right where a code is asked for as well. */
const Challenge = z.object({ challenge: z.string() });

/** Sends the form; the page moves on by itself once somebody is signed in. */
function useSend(isSignup: boolean) {
  const [problem, setProblem] = useState<string>();
  const [challenge, setChallenge] = useState<string>();
  const onError = (error: unknown) => {
    const { code, details } = problemOf(error);
    if (code === 'session.secondFactor') setChallenge(Challenge.parse(details).challenge);
    else setProblem(firstProblem(error));
  };
  const goBack = (said?: string) => {
    setChallenge(undefined);
    setProblem(said);
  };
  const register = useMutation(trpc.users.register.mutationOptions({ onSuccess: startAnew, onError }));
  const login = useMutation(trpc.users.login.mutationOptions({ onSuccess: startAnew, onError }));
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setProblem(undefined);
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '');
    const account = { email: text('email').trim(), password: text('password') };
    if (isSignup) register.mutate({ ...account, name: text('name') });
    else login.mutate(account);
  };
  return { send, problem, challenge, goBack, isPending: register.isPending || login.isPending };
}
