import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: number | null | undefined;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly placeholder?: string;
  /** Null when it is empty. Called with numbers in range alone. */
  readonly onChange: (value: number | null) => void;
}

export const NumberField = ({
  label,
  hint,
  value,
  min,
  max,
  step,
  placeholder,
  onChange,
}: NumberFieldProps) => (
  <Field label={label} hint={hint}>
    <TextInput
      type="number"
      min={min}
      max={max}
      step={step ?? 1}
      placeholder={placeholder}
      defaultValue={value ?? ''}
      onChange={({ target }) => {
        const next = target.value === '' ? null : Number(target.value);
        if (next === null || (next >= min && next <= max)) onChange(next);
      }}
    />
  </Field>
);
