import { SimulationStatus } from '../../simulation/statusNames.ts';
import { cx } from '../../ui/cx.ts';
import { statusLook } from '../../ui/statuses.ts';
import styles from './SimulationsPage.module.css';

interface StatusFilterProps {
  readonly status: SimulationStatus | undefined;
  readonly onChoose: (status: SimulationStatus | undefined) => void;
}

export const StatusFilter = ({ status, onChoose }: StatusFilterProps) => (
  <fieldset className={styles.filter}>
    <legend className="unseen">Status</legend>
    <Choice label="All" isOn={status === undefined} onChoose={() => onChoose(undefined)} />
    {SimulationStatus.map((name) => (
      <Choice
        key={name}
        label={statusLook(name).word}
        isOn={name === status}
        onChoose={() => onChoose(name)}
      />
    ))}
  </fieldset>
);

interface ChoiceProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChoose: () => void;
}

const Choice = ({ label, isOn, onChoose }: ChoiceProps) => (
  <button
    type="button"
    aria-pressed={isOn}
    className={cx(styles.choice, isOn && styles.on)}
    onClick={onChoose}
  >
    {label}
  </button>
);
