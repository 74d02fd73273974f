import { findTool } from '#workflows/catalogue/tools.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import type { ForkDraft } from './forkDraft.ts';
import { changeFork, useForkDraft } from './forkStore.ts';

/** Only where something could happen outside: whether it is to happen once more. */
export function SideEffects({ view }: { readonly view: SimulationView }) {
  const { sideEffects } = useForkDraft(view.id);
  if (!reachesOutside(view.graph)) return null;
  return (
    <Field label="Tools that change the world outside">
      <Select
        value={sideEffects}
        onChange={({ target: { value } }) =>
          changeFork(view.id, (from) => ({
            ...from,
            sideEffects: CHOICES.find((one) => one === value) ?? 'simulate',
          }))
        }
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

const CHOICES = ['simulate', 'skip', 'send'] as const satisfies readonly ForkDraft['sideEffects'][];

const WORDS: Readonly<Record<ForkDraft['sideEffects'], string>> = {
  simulate: 'Only say what they would have done',
  skip: 'Leave them out',
  send: 'Do it once more, for real',
};

const reachesOutside = ({ nodes }: CrewGraph): boolean =>
  nodes.some(
    (node) =>
      (node.kind === 'agent' || node.kind === 'task') &&
      node.data.tools.some((name) => findTool(name)?.changesOutsideWorld === true),
  );
