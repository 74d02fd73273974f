import { AgentData } from '#workflows/graph/nodes/agent.ts';
import { inputsOfAgent } from '#workflows/graph/soloGraph.ts';
import { AgentFields } from '../../canvas/inspector/AgentFields.tsx';
import { useNodeForm } from '../../canvas/inspector/useNodeForm.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './AgentEditor.module.css';
import type { AgentDraft } from './useAgentDraft.ts';

interface AgentSetUpProps {
  readonly draft: AgentDraft;
  readonly onWrite: (change: Partial<AgentDraft>) => void;
}

/** The fields an agent has on the stage, and values for what its texts ask for. */
export function AgentSetUp({ draft: { data, inputs }, onWrite }: AgentSetUpProps) {
  const form = useNodeForm({ schema: AgentData, data, onWrite: (next) => onWrite({ data: next }) });
  const names = inputsOfAgent(data);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <AgentFields form={form} />
      {names.length > 0 && (
        <section className={styles.inputs} aria-label="Asks for">
          <h2 className="overline">Asks for</h2>
          <p>Crews ask for these at the start. A value here is what it is tried with.</p>
          {names.map((name) => (
            <Field key={name} label={name}>
              <TextInput
                value={inputs[name] ?? ''}
                maxLength={20_000}
                placeholder="Asked each time"
                onChange={(event) => onWrite({ inputs: { ...inputs, [name]: event.target.value } })}
              />
            </Field>
          ))}
        </section>
      )}
    </form>
  );
}
