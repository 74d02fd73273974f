import { Button } from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { problemsByField } from '../../../problemsByField.ts';
import { Modal } from '../../../ui/Modal.tsx';
import { useMay } from '../../../workspace/useWorkspace.ts';
import { CredentialFields } from './CredentialFields.tsx';
import { changesPlace, draftOf, isReady, toCreate, toSave } from './credentialDraft.ts';
import { type Credential, useCredentialCommands } from './useCredentialCommands.ts';

interface CredentialDialogProps {
  /** Left out for a new one. */
  readonly credential?: Credential;
  readonly onClose: () => void;
}

export function CredentialDialog({ credential, onClose }: CredentialDialogProps) {
  const formId = useId();
  const mayEdit = useMay('edit');
  const [draft, setDraft] = useState(() => ({
    ...draftOf(credential),
    // The workspace's are for those who edit in it.
    ...(!credential && !mayEdit && { owner: 'me' as const }),
  }));
  const { create, save } = useCredentialCommands();
  const { error, isPending } = credential ? save : create;
  const problems = problemsByField(error);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (credential) save.mutate(toSave(draft, credential), { onSuccess: onClose });
    else create.mutate(toCreate(draft), { onSuccess: onClose });
  };
  return (
    <Modal
      title={credential ? `Change ${credential.name}` : 'Add a credential'}
      width="sm"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="primary"
            disabled={isPending || !isReady(draft, credential)}
          >
            {credential ? 'Save' : 'Save and encrypt'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit} autoComplete="off">
        <CredentialFields
          draft={draft}
          onChange={(change) => setDraft({ ...draft, ...change })}
          isNew={!credential}
          needsSecret={!credential || changesPlace(draft, credential)}
          problems={problems}
        />
      </form>
    </Modal>
  );
}
