import { Button } from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { Field } from '../../ui/Field.tsx';
import { Modal } from '../../ui/Modal.tsx';
import { TextArea, TextInput } from '../../ui/TextInput.tsx';
import { useKnowledgeCommands } from './useKnowledge.ts';

interface PasteTextDialogProps {
  readonly baseId: string;
  readonly onClose: () => void;
}

export function PasteTextDialog({ baseId, onClose }: PasteTextDialogProps) {
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const formId = useId();
  const { addText } = useKnowledgeCommands();
  const isComplete = name.trim() !== '' && text.trim() !== '';
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isComplete) addText.mutate({ id: baseId, name, text }, { onSuccess: onClose });
  };
  return (
    <Modal
      title="Paste text"
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
            disabled={!isComplete || addText.isPending}
          >
            Add
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={handleSubmit}>
        <Field label="Name" hint="Agents say it when they quote.">
          <TextInput
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
            ref={(input) => {
              if (input && name === '' && text === '') input.focus();
            }}
          />
        </Field>
        <Field label="Text" hint="Markdown is fine.">
          <TextArea
            rows={10}
            value={text}
            maxLength={800_000}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      </form>
    </Modal>
  );
}
