import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '../problem.ts';
import { useAccount } from '../session.ts';
import { trpc } from '../trpc.ts';
import { Field } from '../ui/Field.tsx';
import { Modal } from '../ui/Modal.tsx';
import { TextInput } from '../ui/TextInput.tsx';

interface PasswordDialogProps {
  readonly onAnswer: (isGiven: boolean) => void;
}

/** Asks whoever sits at the screen whether they are still the one who signed in. */
export function PasswordDialog({ onAnswer }: PasswordDialogProps) {
  const formId = useId();
  const [password, setPassword] = useState('');
  const account = useAccount();
  const confirm = useMutation(trpc.sessions.confirm.mutationOptions({ onSuccess: () => onAnswer(true) }));
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ password });
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
            disabled={password === '' || confirm.isPending}
          >
            Continue
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <input type="hidden" name="username" autoComplete="username" value={account.data?.user.email ?? ''} />
        <Field
          label="Password"
          hint="Asked for again before anything that protects your account is changed."
          problem={confirm.error ? problemOf(confirm.error).message : undefined}
        >
          <TextInput
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            ref={(input) => input?.focus()}
          />
        </Field>
      </form>
    </Modal>
  );
}
