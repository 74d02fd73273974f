import { Button } from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { Field } from '../../ui/Field.tsx';
import { Modal } from '../../ui/Modal.tsx';
import { TextArea } from '../../ui/TextInput.tsx';

interface StopDialogProps {
  /** Whose workspace it is, in the words of who is asked. */
  readonly workspace: string;
  readonly onStop: (reason: string) => void;
  readonly onClose: () => void;
}

const MOST_CHARS = 500;

/** Asks why, since everybody in the workspace will. */
export function StopDialog({ workspace, onStop, onClose }: StopDialogProps) {
  const form = useId();
  const [reason, setReason] = useState('');
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return;
    onStop(reason.trim());
    onClose();
  };
  return (
    <Modal
      title={`Stop ${workspace}?`}
      width="sm"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Let it run</Button>
          <Button
            type="submit"
            form={form}
            variant="contained"
            color="primary"
            disabled={reason.trim() === ''}
          >
            Stop it now
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={handleSubmit}>
        <p className="muted">
          Simulations are paused within seconds, calls in flight are broken off, and nothing starts.
          Everything goes on from there when you allow it again.
        </p>
        <Field label="Why" hint="Shown to everybody in the workspace">
          <TextArea
            rows={2}
            maxLength={MOST_CHARS}
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </form>
    </Modal>
  );
}
