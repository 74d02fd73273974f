import { Field } from '../../../ui/Field.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';

interface SecretFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem?: string | undefined;
  readonly hint?: string;
  readonly isFirst?: boolean;
}

/** Takes a secret and shows none: there is nothing to read back. */
export const SecretField = ({ label, value, onChange, problem, hint, isFirst }: SecretFieldProps) => (
  <Field label={label} hint={hint ?? 'Encrypted when you save. Nobody can read it again.'} problem={problem}>
    <TextInput
      type="password"
      value={value}
      maxLength={8_000}
      autoComplete="new-password"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
      {...(isFirst && { ref: (input) => input?.focus() })}
    />
  </Field>
);
