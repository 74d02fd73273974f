import type { ReactNode } from 'react';
import styles from './Choices.module.css';
import { cx } from './cx.ts';

interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly choices: Readonly<Record<T, string>>;
  readonly chosen: T;
  readonly onChoose: (choice: T) => void;
}

/** One of a few, beside each other. */
export function Choices<T extends string>({ label, choices, chosen, onChoose }: ChoicesProps<T>) {
  const names = Object.keys(choices) as T[];
  return (
    <ChoiceGroup label={label}>
      {names.map((name) => (
        <Choice key={name} label={choices[name]} isOn={name === chosen} onChoose={() => onChoose(name)} />
      ))}
    </ChoiceGroup>
  );
}

interface ChoiceGroupProps {
  /** For those who do not see that they belong together. */
  readonly label: string;
  readonly children: ReactNode;
}

export const ChoiceGroup = ({ label, children }: ChoiceGroupProps) => (
  <fieldset className={styles.choices}>
    <legend className="unseen">{label}</legend>
    {children}
  </fieldset>
);

interface ChoiceProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChoose: () => void;
}

export const Choice = ({ label, isOn, onChoose }: ChoiceProps) => (
  <button
    type="button"
    aria-pressed={isOn}
    className={cx(styles.choice, isOn && styles.on)}
    onClick={onChoose}
  >
    {label}
  </button>
);
