import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../../problem.ts';
import { startAnew } from '../../session.ts';
import { trpc } from '../../trpc.ts';
import { CodeField } from '../../ui/CodeField.tsx';
import styles from './AccountForm.module.css';

interface SecondStepProps {
  /** What the first step was answered with. */
  readonly challenge: string;
  /** To the first step, and what to say there. */
  readonly onBack: (problem?: string) => void;
}

/** A login is half done: now the code. */
export function SecondStep({ challenge, onBack }: SecondStepProps) {
  const [code, setCode] = useState('');
  const [isRecovery, setIsRecovery] = useState(false);
  const login = useMutation(
    trpc.users.loginSecondFactor.mutationOptions({
      onSuccess: startAnew,
      onError: (error) => {
        const problem = problemOf(error);
        if (problem.code === 'session.required') onBack(problem.message);
      },
    }),
  );
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    login.mutate({ challenge, code });
  };
  const change = () => {
    setIsRecovery(!isRecovery);
    setCode('');
    login.reset();
  };
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      <h2>One more step</h2>
      <CodeField
        key={isRecovery ? 'recovery' : 'app'}
        label={isRecovery ? 'Recovery code' : 'Code'}
        hint={isRecovery ? 'One of the ten that you kept. It works once.' : 'Your app shows it now.'}
        value={code}
        onChange={setCode}
        isRecovery={isRecovery}
        problem={login.error ? problemOf(login.error).message : undefined}
      />
      <Button
        type="submit"
        size="large"
        fullWidth
        variant="contained"
        color="primary"
        disabled={code.trim() === '' || login.isPending}
      >
        Log in
      </Button>
      <div className={styles.ways}>
        <Button variant="text" size="small" onClick={change}>
          {isRecovery ? 'Use your app instead' : 'Use a recovery code instead'}
        </Button>
        <Button variant="text" size="small" onClick={() => onBack()}>
          Back
        </Button>
      </div>
    </form>
  );
}
