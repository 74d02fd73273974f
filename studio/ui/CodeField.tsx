import { Field } from './Field.tsx';
import { TextInput } from './TextInput.tsx';

interface CodeFieldProps {
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly label?: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  /** Recovery codes have letters; a phone shows its figures for the others. */
  readonly isRecovery?: boolean;
}

/** Six figures of an app, or a recovery code. */
export const CodeField = ({
  value,
  onChange,
  label = 'Code',
  hint,
  problem,
  isRecovery = false,
}: CodeFieldProps) => (
  <Field label={label} hint={hint} problem={problem}>
    <TextInput
      className="mono"
      value={value}
      inputMode={isRecovery ? 'text' : 'numeric'}
      autoComplete={isRecovery ? 'off' : 'one-time-code'}
      spellCheck={false}
      maxLength={40}
      autoFocus
      onChange={(event) => onChange(event.target.value)}
    />
  </Field>
);
