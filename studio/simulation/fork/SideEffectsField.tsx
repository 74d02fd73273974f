import type { CrewGraph } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import type { ForkDraft } from './forkDraft.ts';
import { reachesOutside } from './reachesOutside.ts';

type SideEffects = ForkDraft['sideEffects'];

interface SideEffectsFieldProps {
  readonly graph: CrewGraph;
  readonly value: SideEffects;
  readonly onChange: (sideEffects: SideEffects) => void;
}

/** Only where something could happen outside: whether it is to happen once more. */
export function SideEffectsField({ graph, value, onChange }: SideEffectsFieldProps) {
  if (!reachesOutside(graph)) return null;
  return (
    <Field label="Tools that change the world outside">
      <Select
        value={value}
        onChange={({ target }) => onChange(CHOICES.find((one) => one === target.value) ?? 'simulate')}
      >
        {CHOICES.map((choice) => (
          <option key={choice} value={choice}>
            {WORDS[choice]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const CHOICES = ['simulate', 'skip', 'send'] as const satisfies readonly SideEffects[];

const WORDS: Readonly<Record<SideEffects, string>> = {
  simulate: 'Only say what they would have done',
  skip: 'Leave them out',
  send: 'Do it once more, for real',
};
