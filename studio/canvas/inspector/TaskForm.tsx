import { useWatch } from 'react-hook-form';
import { TaskData } from '#workflows/graph/nodes/task.ts';
import type { TaskNode } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { DoneBy } from './DoneBy.tsx';
import styles from './form.module.css';
import { More } from './More.tsx';
import { Reads } from './Reads.tsx';
import { TaskExtras } from './TaskExtras.tsx';
import { TemplateArea } from './TemplateArea.tsx';
import { useNodeForm } from './useNodeForm.ts';
import { useWriteNode } from './useWriteNode.ts';

export function TaskForm({ node }: { readonly node: TaskNode }) {
  const { write, endBurst } = useWriteNode();
  const form = useNodeForm({
    schema: TaskData,
    data: node.data,
    onWrite: (data, field) => write({ id: node.id, kind: 'task', data }, field),
  });
  const { register, formState } = form;
  const [description = '', expectedOutput = ''] = useWatch({
    control: form.control,
    name: ['description', 'expectedOutput'],
  });
  const problemIn = (field: 'name' | 'description' | 'expectedOutput') => formState.errors[field]?.message;
  return (
    <form className={styles.form} onBlur={endBurst} onSubmit={(event) => event.preventDefault()}>
      <Field label="Name" problem={problemIn('name')}>
        <TextInput {...register('name')} autoComplete="off" />
      </Field>
      <Field
        label="What is to be done"
        problem={problemIn('description')}
        hint="Words in {braces} are asked for at the start."
      >
        <TemplateArea {...register('description')} text={description} rows={4} />
      </Field>
      <Field label="What good looks like" problem={problemIn('expectedOutput')}>
        <TemplateArea {...register('expectedOutput')} text={expectedOutput} rows={2} />
      </Field>
      <DoneBy taskId={node.id} />
      <Reads taskId={node.id} />
      <More>
        <TaskExtras form={form} node={node} />
      </More>
    </form>
  );
}
