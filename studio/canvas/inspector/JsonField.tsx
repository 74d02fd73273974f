import { useState } from 'react';
import type { z } from 'zod';
import { Field } from '../../ui/Field.tsx';
import { TextArea } from '../../ui/TextInput.tsx';
import styles from './control.module.css';

interface JsonFieldProps<T> {
  readonly label: string;
  readonly hint?: string;
  readonly value: T | undefined;
  readonly schema: z.ZodType<T>;
  readonly placeholder?: string;
  /** Takes what is valid; empty is undefined. */
  readonly onChange: (value: T | undefined) => void;
}

/** A value as JSON, checked while it is written. */
export function JsonField<T>({ label, hint, value, schema, placeholder, onChange }: JsonFieldProps<T>) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [problem, setProblem] = useState<string>();
  const handleChange = (next: string) => {
    setText(next);
    const read = readJson(next, schema);
    setProblem(read.problem);
    if (read.problem === undefined) onChange(read.value);
  };
  return (
    <Field label={label} hint={hint} problem={problem}>
      <TextArea
        className={styles.json}
        rows={5}
        value={text}
        placeholder={placeholder}
        spellCheck={false}
        onChange={({ target }) => handleChange(target.value)}
      />
    </Field>
  );
}

function readJson<T>(text: string, schema: z.ZodType<T>): { value?: T; problem?: string } {
  if (text.trim() === '') return {};
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success
      ? { value: parsed.data }
      : { problem: parsed.error.issues[0]?.message ?? 'This does not fit.' };
  } catch {
    return { problem: 'This is not JSON yet.' };
  }
}
