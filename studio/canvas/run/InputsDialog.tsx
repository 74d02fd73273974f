import { Button } from '@mui/material';
import { Play } from 'lucide-react';
import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { Field } from '../../ui/Field.tsx';
import { Modal } from '../../ui/Modal.tsx';
import { writtenKeys } from '../../ui/shortcuts.ts';
import { TextArea } from '../../ui/TextInput.tsx';
import { useRunControl } from './RunControl.ts';
import { readInputs } from './rememberedInputs.ts';

interface InputsDialogProps {
  readonly crewId: string;
  readonly names: readonly string[];
}

/** What the crew asks for before it starts, with what was answered last time. */
export function InputsDialog({ crewId, names }: InputsDialogProps) {
  const { begin, stopAsking } = useRunControl();
  const formId = useId();
  const remembered = readInputs(crewId);
  const { register, handleSubmit, formState } = useForm<Record<string, string>>({
    defaultValues: Object.fromEntries(names.map((name) => [name, remembered[name] ?? ''])),
  });
  const send = handleSubmit(begin);
  return (
    <Modal
      title="Before it starts"
      onClose={stopAsking}
      actions={
        <>
          <Button onClick={stopAsking}>Not now</Button>
          <Button type="submit" form={formId} variant="contained" color="primary">
            <Play aria-hidden />
            Run
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          send(event).catch(() => undefined);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
        }}
      >
        {names.map((name, place) => (
          <Field key={name} label={asQuestion(name)} problem={formState.errors[name]?.message}>
            <TextArea
              {...register(name, { required: 'The crew needs this.', maxLength: 100_000 })}
              rows={1}
              autoFocus={place === 0}
            />
          </Field>
        ))}
        <p className="faint">
          {writtenKeys('Mod+Enter')} runs it. What looks like a secret is not remembered.
        </p>
      </form>
    </Modal>
  );
}

/** `customer_domain` as a person would write it. */
const asQuestion = (name: string) => {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
