import { Button } from '@mui/material';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '../../../problem.ts';
import { trpc } from '../../../trpc.ts';
import { Field } from '../../../ui/Field.tsx';
import { Modal } from '../../../ui/Modal.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { toast } from '../../../ui/toasts.ts';
import { useSwitchWorkspace } from '../../../workspace/useSwitchWorkspace.ts';
import { useWorkspace } from '../../../workspace/useWorkspace.ts';

/** Asks for the name to be typed: nobody ends the work of others by a slip of the hand. */
export function DeleteWorkspaceDialog({ onClose }: { readonly onClose: () => void }) {
  const formId = useId();
  const { id, name } = useWorkspace();
  const [typed, setTyped] = useState('');
  const switchTo = useSwitchWorkspace();
  const remove = useMutation(
    trpc.workspaces.delete.mutationOptions({
      async onSuccess() {
        await switchTo(null);
        toast({ text: `${name} is deleted.` });
      },
    }),
  );
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    remove.mutate({ id, name: typed });
  };
  return (
    <Modal
      title={`Delete ${name}?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="error"
            disabled={typed.trim() !== name || remove.isPending}
          >
            Delete for everybody
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <p className="muted">What runs is stopped at once. This cannot be undone.</p>
        <Field
          label={`Type “${name}” to go on`}
          problem={remove.isError ? problemOf(remove.error).message : undefined}
        >
          <TextInput
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoFocus
          />
        </Field>
      </form>
    </Modal>
  );
}
