import { useWatch } from 'react-hook-form';
import { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { AgentNode } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { AgentExtras } from './AgentExtras.tsx';
import styles from './form.module.css';
import { ModelField } from './ModelField.tsx';
import { More } from './More.tsx';
import { TemplateArea } from './TemplateArea.tsx';
import { ToolChecks } from './ToolChecks.tsx';
import { useNodeForm } from './useNodeForm.ts';
import { useWriteNode } from './useWriteNode.ts';

export function AgentForm({ node }: { readonly node: AgentNode }) {
  const { write, endBurst } = useWriteNode();
  const form = useNodeForm({
    schema: AgentData,
    data: node.data,
    onWrite: (data, field) => write({ id: node.id, kind: 'agent', data }, field),
  });
  const { register, formState } = form;
  const [goal = '', backstory = ''] = useWatch({ control: form.control, name: ['goal', 'backstory'] });
  const problemIn = (field: keyof AgentData) => formState.errors[field]?.message;
  return (
    <form className={styles.form} onBlur={endBurst} onSubmit={(event) => event.preventDefault()}>
      <Field label="Name" problem={problemIn('name')}>
        <TextInput {...register('name')} autoComplete="off" />
      </Field>
      <Field label="Role" problem={problemIn('role')}>
        <TextInput {...register('role')} placeholder="Senior market analyst" autoComplete="off" />
      </Field>
      <Field label="Goal" problem={problemIn('goal')}>
        <TemplateArea {...register('goal')} text={goal} rows={2} placeholder="What it wants to achieve" />
      </Field>
      <Field label="Backstory" problem={problemIn('backstory')}>
        <TemplateArea
          {...register('backstory')}
          text={backstory}
          rows={2}
          placeholder="Where it comes from: tone, knowledge, habits"
        />
      </Field>
      <ModelField form={form} />
      <ToolChecks label="Tools" chosen={node.data.tools} field={register('tools')} />
      <More>
        <AgentExtras form={form} />
      </More>
    </form>
  );
}
