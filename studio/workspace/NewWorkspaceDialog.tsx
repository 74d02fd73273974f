import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '../problem.ts';
import { useAccount } from '../session.ts';
import { trpc } from '../trpc.ts';
import { Field } from '../ui/Field.tsx';
import { Modal } from '../ui/Modal.tsx';
import { TextInput } from '../ui/TextInput.tsx';
import { useSwitchWorkspace } from './useSwitchWorkspace.ts';

/** Names a workspace, makes it, and goes there: to the page where people are invited. */
export function NewWorkspaceDialog({ onClose }: { readonly onClose: () => void }) {
  const formId = useId();
  const [name, setName] = useState('');
  const user = useAccount().data?.user;
  const switchTo = useSwitchWorkspace();
  const create = useMutation(
    trpc.workspaces.create.mutationOptions({
      async onSuccess({ id }) {
        onClose();
        await switchTo(id, '/settings/members');
      },
    }),
  );
  const why = user?.isGuest
    ? 'Sign up first: a team needs somebody who can be found again.'
    : user?.isVerified === false
      ? 'Confirm your e-mail address first: we sent you a link when you signed up.'
      : undefined;
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') create.mutate({ name: name.trim() });
  };
  return (
    <Modal
      title="A workspace for a team"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="primary"
            disabled={why !== undefined || name.trim() === '' || create.isPending}
          >
            Make it
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <p className="muted">
          Crews, agents, knowledge and keys in it belong to the team. You decide who comes in, and what each
          of them may do.
        </p>
        <Field label="Name" problem={create.isError ? problemOf(create.error).message : undefined}>
          <TextInput
            value={name}
            maxLength={120}
            placeholder="Product research"
            onChange={(event) => setName(event.target.value)}
            disabled={why !== undefined}
            autoFocus
          />
        </Field>
        {why && <p role="status">{why}</p>}
      </form>
    </Modal>
  );
}
