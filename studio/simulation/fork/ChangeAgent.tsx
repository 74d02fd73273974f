import { useId, useState } from 'react';
import { MODELS } from '#workflows/catalogue/models.ts';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { AgentNode } from '#workflows/graph/schema.ts';
import { castOf, doersOf } from '../../canvas/cast.ts';
import { Field } from '../../ui/Field.tsx';
import { TextArea, TextInput } from '../../ui/TextInput.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import { CastPicker } from './CastPicker.tsx';
import { withAgent } from './forkDraft.ts';
import { changeFork, useForkDraft } from './forkStore.ts';
import { nodeOf } from './nodeOf.ts';
import { Section } from './Section.tsx';

/** Who one of the cast is, and which model speaks for it. */
export function ChangeAgent({ view }: { readonly view: SimulationView }) {
  const draft = useForkDraft(view.id);
  const cast = castOf(view.graph);
  const standing = doersOf(view.graph).get(nodeOf(draft.path))?.id;
  const [chosen, choose] = useState<string | null>(null);
  const id = chosen ?? standing ?? cast[0]?.id;
  const agent = view.graph.nodes.find((node): node is AgentNode => node.kind === 'agent' && node.id === id);
  const count = Object.values(draft.agents).reduce((sum, fields) => sum + Object.keys(fields).length, 0);
  return (
    <Section title="Somebody of the cast" count={count} isOpen>
      <CastPicker cast={cast} chosen={id} changed={new Set(Object.keys(draft.agents))} onChoose={choose} />
      {agent && <AgentFields key={agent.id} simulationId={view.id} view={view} agent={agent} />}
    </Section>
  );
}

interface AgentFieldsProps {
  readonly simulationId: string;
  readonly view: SimulationView;
  readonly agent: AgentNode;
}

function AgentFields({ simulationId, view, agent }: AgentFieldsProps) {
  const draft = useForkDraft(simulationId);
  const models = useId();
  const data: AgentData = { ...agent.data, ...draft.agents[agent.id] };
  const write = (field: keyof AgentData) => (value: unknown) =>
    changeFork(simulationId, (before) => withAgent(before, view.graph, { id: agent.id, field, value }));
  const text = (field: 'role' | 'goal' | 'backstory' | 'model') => ({
    value: data[field],
    onChange: (event: { readonly target: { readonly value: string } }) => write(field)(event.target.value),
  });
  return (
    <>
      <Field label="Role">
        <TextInput {...text('role')} />
      </Field>
      <Field label="Goal">
        <TextArea {...text('goal')} rows={2} />
      </Field>
      <Field label="Backstory">
        <TextArea {...text('backstory')} rows={2} />
      </Field>
      <Field label="Model">
        <TextInput {...text('model')} list={models} placeholder="The default model" spellCheck={false} />
      </Field>
      <datalist id={models}>
        {MODELS.map(({ provider, model, title }) => (
          <option key={model} value={`${provider}/${model}`}>
            {title}
          </option>
        ))}
      </datalist>
      <Field label="Temperature" hint="Empty leaves it to the model.">
        <TextInput
          type="number"
          min={0}
          max={2}
          step={0.1}
          value={data.temperature ?? ''}
          onChange={(event) => write('temperature')(temperatureOf(event.target.value))}
        />
      </Field>
    </>
  );
}

const temperatureOf = (text: string): number | null => {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? null : Math.min(2, Math.max(0, value));
};
