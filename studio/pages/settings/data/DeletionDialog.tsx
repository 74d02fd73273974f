import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { z } from 'zod/mini';
import { type Problem, problemOf } from '../../../problem.ts';
import { startAnew } from '../../../session.ts';
import { trpc } from '../../../trpc.ts';
import { Field } from '../../../ui/Field.tsx';
import { formatMoment } from '../../../ui/formats.ts';
import { Modal } from '../../../ui/Modal.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { toast } from '../../../ui/toasts.ts';
import styles from './DeletionDialog.module.css';

const WORD = 'delete';

const Unowned = z.object({ workspaces: z.array(z.object({ id: z.string(), name: z.string() })) });

interface DeletionDialogProps {
  readonly isGuest: boolean;
  readonly onClose: () => void;
}

/** Asks for a word to be typed: nobody leaves by a slip of the hand. */
export function DeletionDialog({ isGuest, onClose }: DeletionDialogProps) {
  const formId = useId();
  const [typed, setTyped] = useState('');
  const leave = useMutation(
    trpc.users.delete.mutationOptions({
      async onSuccess({ dueAt }) {
        await startAnew();
        if (!isGuest)
          toast({ text: `Your account will be removed on ${formatMoment(dueAt)}. We sent you a mail.` });
      },
    }),
  );
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    leave.mutate();
  };
  return (
    <Modal
      title="Delete your account?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="error"
            disabled={typed.trim().toLowerCase() !== WORD || leave.isPending}
          >
            Delete the account
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <Field label={`Type “${WORD}” to go on`}>
          <TextInput
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoFocus
          />
        </Field>
        {leave.isError && <Refused problem={problemOf(leave.error)} />}
      </form>
    </Modal>
  );
}

function Refused({ problem }: { readonly problem: Problem }) {
  const unowned = Unowned.safeParse(problem.details);
  return (
    <div role="alert">
      <p>{problem.message}</p>
      {unowned.success && (
        <ul className={styles.names}>
          {unowned.data.workspaces.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
