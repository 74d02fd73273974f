import { Button } from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { Field } from './Field.tsx';
import { Modal } from './Modal.tsx';
import { TextInput } from './TextInput.tsx';

interface NameDialogProps {
  readonly title: string;
  readonly name: string;
  readonly onSave: (name: string) => void;
  readonly onClose: () => void;
}

export function NameDialog({ title, name, onSave, onClose }: NameDialogProps) {
  const [text, setText] = useState(name);
  const formId = useId();
  const trimmed = text.trim();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === '') return;
    if (trimmed !== name) onSave(trimmed);
    onClose();
  };
  return (
    <Modal
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={formId} variant="contained" color="primary" disabled={trimmed === ''}>
            Save
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <Field label="Name">
          <TextInput
            value={text}
            maxLength={200}
            onChange={(event) => setText(event.target.value)}
            onFocus={(event) => event.target.select()}
            ref={(input) => input?.focus()}
          />
        </Field>
      </form>
    </Modal>
  );
}
