import { cx } from '../../ui/cx.ts';
import styles from './Admin.module.css';

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
    <fieldset className={styles.choices}>
      <legend className="unseen">{label}</legend>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === chosen}
          className={cx(styles.choice, name === chosen && styles.on)}
          onClick={() => onChoose(name)}
        >
          {choices[name]}
        </button>
      ))}
    </fieldset>
  );
}
