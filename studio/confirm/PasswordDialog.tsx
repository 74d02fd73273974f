import { Button } from '@mui/material';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '../problem.ts';
import { useAccount } from '../session.ts';
import { trpc } from '../trpc.ts';
import { CodeField } from '../ui/CodeField.tsx';
import { Field } from '../ui/Field.tsx';
import { Modal } from '../ui/Modal.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import styles from './PasswordDialog.module.css';

interface PasswordDialogProps {
  readonly onAnswer: (isGiven: boolean) => void;
}

/** Asks whoever sits at the screen whether they are still the one who signed in. */
export function PasswordDialog({ onAnswer }: PasswordDialogProps) {
  const formId = useId();
  const [given, setGiven] = useState('');
  const [isCode, setIsCode] = useState(false);
  const factor = useQuery(trpc.secondFactor.get.queryOptions());
  const confirm = useMutation(trpc.sessions.confirm.mutationOptions({ onSuccess: () => onAnswer(true) }));
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate(isCode ? { code: given } : { password: given });
  };
  const change = () => {
    setIsCode(!isCode);
    setGiven('');
    confirm.reset();
  };
  const field = {
    value: given,
    onChange: setGiven,
    problem: confirm.error ? problemOf(confirm.error).message : undefined,
  };
  return (
    <Modal
      title="Confirm that it is you"
      onClose={() => onAnswer(false)}
      actions={
        <>
          <Button onClick={() => onAnswer(false)}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="primary"
            disabled={given === '' || confirm.isPending}
          >
            Continue
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        {isCode ? <CodeField {...field} hint="Your app shows it now." /> : <PasswordField {...field} />}
      </form>
      {factor.data?.isOn && (
        <button type="button" className={styles.other} onClick={change}>
          {isCode ? 'Give the password instead' : 'Give a code instead'}
        </button>
      )}
    </Modal>
  );
}

interface PasswordFieldProps {
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly problem: string | undefined;
}

/** With the address beside it, unseen, so that password managers know whose it is. */
function PasswordField({ value, onChange, problem }: PasswordFieldProps) {
  const email = useAccount().data?.user.email ?? '';
  return (
    <>
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <Field
        label="Password"
        hint="Asked for again before anything that protects your account is changed."
        problem={problem}
      >
        <TextInput
          type="password"
          autoComplete="current-password"
          value={value}
          autoFocus
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
    </>
  );
}
