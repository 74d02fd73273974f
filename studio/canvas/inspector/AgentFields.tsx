import { useWatch } from 'react-hook-form';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { AgentExtras } from './AgentExtras.tsx';
import { KnowledgeField } from './KnowledgeField.tsx';
import { ModelField } from './ModelField.tsx';
import { More } from './More.tsx';
import { TemplateArea } from './TemplateArea.tsx';
import { ToolChecks } from './ToolChecks.tsx';
import type { NodeForm } from './useNodeForm.ts';

/** Everything that can be said of an agent, wherever it is written: on the stage and in the library. */
export function AgentFields({ form }: { readonly form: NodeForm<typeof AgentData> }) {
  const { register, formState } = form;
  const [goal = '', backstory = '', tools = []] = useWatch({
    control: form.control,
    name: ['goal', 'backstory', 'tools'],
  });
  const problemIn = (field: 'name' | 'role' | 'goal' | 'backstory') => formState.errors[field]?.message;
  return (
    <>
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
      <ToolChecks label="Tools" chosen={tools} field={register('tools')} />
      <KnowledgeField form={form} />
      <More>
        <AgentExtras form={form} />
      </More>
    </>
  );
}
