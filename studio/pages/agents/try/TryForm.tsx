import { Button } from '@mui/material';
import { SendHorizontal } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { Field } from '../../../ui/Field.tsx';
import { TextArea, TextInput } from '../../../ui/TextInput.tsx';
import { NarrowKeys } from './NarrowKeys.tsx';
import styles from './TryPanel.module.css';
import type { TryMessage } from './TryPanel.tsx';

interface TryFormProps {
  readonly name: string;
  /** Inputs that have no value to try with. */
  readonly asked: readonly string[];
  readonly isDisabled: boolean;
  /** Why nothing can be sent. */
  readonly why: string | undefined;
  /** Resolves to whether it was sent. */
  readonly onSend: (message: TryMessage) => Promise<boolean>;
}

export function TryForm({ name, asked, isDisabled, why, onSend }: TryFormProps) {
  const id = useId();
  const [message, setMessage] = useState('');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const isReady = message.trim() !== '' && asked.every((input) => (values[input] ?? '').trim() !== '');
  const handleSend = () => {
    if (isDisabled || !isReady) return;
    const inputs = Object.fromEntries(asked.map((input) => [input, values[input] ?? '']));
    onSend({ message, inputs })
      .then((isSent) => {
        if (isSent) setMessage((now) => (now === message ? '' : now));
      })
      .catch(() => undefined);
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    handleSend();
  };
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    handleSend();
  };
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      {asked.length > 0 && (
        <div className={styles.asked}>
          {asked.map((input) => (
            <Field key={input} label={input}>
              <TextInput
                value={values[input] ?? ''}
                onChange={(event) => setValues({ ...values, [input]: event.target.value })}
              />
            </Field>
          ))}
        </div>
      )}
      <label htmlFor={id} className="unseen">
        Message to {name}
      </label>
      <div className={styles.say}>
        <TextArea
          id={id}
          rows={2}
          value={message}
          maxLength={100_000}
          placeholder={`Say something to ${name}`}
          onChange={(event) => setMessage(event.target.value)}
          onKeyDown={handleKey}
        />
        <Button type="submit" variant="contained" color="primary" disabled={isDisabled || !isReady}>
          <SendHorizontal aria-hidden />
          Try
        </Button>
      </div>
      <p className={styles.hint}>{why ?? 'Enter sends. Each message is answered by itself.'}</p>
      <NarrowKeys />
    </form>
  );
}
