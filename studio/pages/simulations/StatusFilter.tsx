import { SimulationStatus } from '../../simulation/statusNames.ts';
import { Choice, ChoiceGroup } from '../../ui/Choices.tsx';
import { statusLook } from '../../ui/statuses.ts';

interface StatusFilterProps {
  readonly status: SimulationStatus | undefined;
  readonly onChoose: (status: SimulationStatus | undefined) => void;
}

export const StatusFilter = ({ status, onChoose }: StatusFilterProps) => (
  <ChoiceGroup label="Status">
    <Choice label="All" isOn={status === undefined} onChoose={() => onChoose(undefined)} />
    {SimulationStatus.map((name) => (
      <Choice
        key={name}
        label={statusLook(name).word}
        isOn={name === status}
        onChoose={() => onChoose(name)}
      />
    ))}
  </ChoiceGroup>
);
