import { findInputs } from '#workflows/graph/inputs.ts';
import { Field } from '../../ui/Field.tsx';
import { TextArea } from '../../ui/TextInput.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import { withText } from './forkDraft.ts';
import { changeFork, useForkDraft } from './forkStore.ts';
import { Section } from './Section.tsx';

/** What it was told at the start. */
export function ChangeInputs({ view }: { readonly view: SimulationView }) {
  const draft = useForkDraft(view.id);
  const names = findInputs(view.graph);
  if (names.length === 0) return null;
  const count = Object.keys(draft.inputs).length;
  return (
    <Section title="What it was told" count={count} isOpen={count > 0}>
      {names.map((name) => {
        const before = view.inputs[name] ?? '';
        return (
          <Field key={name} label={<span className="mono">{name}</span>}>
            <TextArea
              rows={1}
              value={draft.inputs[name] ?? before}
              maxLength={100_000}
              onChange={({ target: { value } }) =>
                changeFork(view.id, (from) => ({
                  ...from,
                  inputs: withText(from.inputs, { name, text: value, before }),
                }))
              }
            />
          </Field>
        );
      })}
    </Section>
  );
}
