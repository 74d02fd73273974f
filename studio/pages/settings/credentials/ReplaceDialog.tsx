import { Button } from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { kindOf } from '#workflows/catalogue/credentials.ts';
import { problemsByField } from '../../../problemsByField.ts';
import { Modal } from '../../../ui/Modal.tsx';
import { SecretField } from './SecretField.tsx';
import { type Credential, useCredentialCommands } from './useCredentialCommands.ts';

interface ReplaceDialogProps {
  readonly credential: Credential;
  readonly onClose: () => void;
}

/** Another secret for the same places. The one before is gone. */
export function ReplaceDialog({ credential, onClose }: ReplaceDialogProps) {
  const formId = useId();
  const [secret, setSecret] = useState('');
  const { replace } = useCredentialCommands();
  const problems = problemsByField(replace.error);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    replace.mutate({ id: credential.id, secret }, { onSuccess: onClose });
  };
  return (
    <Modal
      title={`Replace the secret of ${credential.name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="primary"
            disabled={secret.trim() === '' || replace.isPending}
          >
            Replace
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <SecretField
          label={kindOf(credential.provider).secretTitle}
          value={secret}
          onChange={setSecret}
          problem={problems.get('secret') ?? problems.get('')}
          isFirst
        />
      </form>
    </Modal>
  );
}
