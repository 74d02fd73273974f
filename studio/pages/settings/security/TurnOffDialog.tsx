import { Button } from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { problemOf } from '../../../problem.ts';
import { CodeField } from '../../../ui/CodeField.tsx';
import { Modal } from '../../../ui/Modal.tsx';
import { useTwoStepCommands } from './useSecurityCommands.ts';

/** Takes a code, so that nobody at an open screen can do it. */
export function TurnOffDialog({ onClose }: { readonly onClose: () => void }) {
  const formId = useId();
  const [code, setCode] = useState('');
  const { disable } = useTwoStepCommands();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    disable.mutate({ code }, { onSuccess: onClose });
  };
  return (
    <Modal
      title="Turn two-step login off?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="primary"
            disabled={code.trim() === '' || disable.isPending}
          >
            Turn it off
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <CodeField
          value={code}
          onChange={setCode}
          hint="From your app, or a recovery code. Your recovery codes are void afterwards."
          problem={disable.error ? problemOf(disable.error).message : undefined}
        />
      </form>
    </Modal>
  );
}
