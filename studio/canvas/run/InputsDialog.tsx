import { Button } from '@mui/material';
import { Play } from 'lucide-react';
import { useId } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { ranOf } from '../../simulation/fork/previewWords.ts';
import { TakeOverChoice } from '../../simulation/fork/TakeOverChoice.tsx';
import { useTakeOver } from '../../simulation/fork/useTakeOver.ts';
import { Field } from '../../ui/Field.tsx';
import { Modal } from '../../ui/Modal.tsx';
import { writtenKeys } from '../../ui/shortcuts.ts';
import { TextArea } from '../../ui/TextInput.tsx';
import { selectGraph, useCanvas } from '../CanvasContext.ts';
import styles from './InputsDialog.module.css';
import { RecipientsLine } from './RecipientsLine.tsx';
import { useRunControl } from './RunControl.ts';
import { readInputs } from './rememberedInputs.ts';

interface InputsDialogProps {
  readonly crewId: string;
  readonly names: readonly string[];
}

/**
 * Before it starts: what the crew asks for, with what was answered last time; and, where it has run before, whether
 * it is to use what that has paid for.
 */
export function InputsDialog({ crewId, names }: InputsDialogProps) {
  const { begin, stopAsking } = useRunControl();
  const formId = useId();
  const graph = useCanvas(selectGraph);
  const remembered = readInputs(crewId);
  const { register, handleSubmit, formState, control } = useForm<Record<string, string>>({
    defaultValues: Object.fromEntries(names.map((name) => [name, remembered[name] ?? ''])),
  });
  const takeOver = useTakeOver(crewId, { graph, inputs: useWatch({ control }) as Record<string, string> });
  const { chosen, isCounted, preview } = takeOver;
  // What is taken over costs what was said, so it cannot begin before that has been said.
  const isReady = chosen === null || isCounted;
  const send = handleSubmit((inputs) => {
    if (isReady) begin(inputs, chosen);
  });
  return (
    <Modal
      title={names.length > 0 ? 'Before it starts' : 'Run it again'}
      onClose={stopAsking}
      actions={
        <>
          <Button onClick={stopAsking}>Not now</Button>
          <Button
            type="submit"
            form={formId}
            variant="contained"
            color="primary"
            disabled={!isReady}
            autoFocus={names.length === 0}
          >
            <Play aria-hidden />
            {chosen && preview.data ? `Run ${ranOf(preview.data)} steps` : 'Run'}
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
        <TakeOverChoice graph={graph} takeOver={takeOver} />
        <RecipientsLine crewId={crewId} graph={graph} />
        {names.length > 0 && (
          <p className="faint">
            <span className={styles.keys}>{writtenKeys('Mod+Enter')} runs it. </span>
            What looks like a secret is not remembered.
          </p>
        )}
      </form>
    </Modal>
  );
}

/** `customer_domain` as a person would write it. */
const asQuestion = (name: string) => {
  const words = name.replace(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
