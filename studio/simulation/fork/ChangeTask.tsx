import { useState } from 'react';
import type { TaskData } from '#workflows/graph/nodes/task.ts';
import { Field } from '../../ui/Field.tsx';
import { Select, TextArea } from '../../ui/TextInput.tsx';
import type { SimulationView } from '../data/DataTab.tsx';
import { withTask } from './forkDraft.ts';
import { changeFork, useForkDraft } from './forkStore.ts';
import { nodeOf } from './nodeOf.ts';
import { Section } from './Section.tsx';

/** What one of the tasks asks for. */
export function ChangeTask({ view }: { readonly view: SimulationView }) {
  const draft = useForkDraft(view.id);
  const tasks = view.graph.nodes.filter((node) => node.kind === 'task');
  const [chosen, choose] = useState<string | null>(null);
  const standing = nodeOf(draft.path);
  const task = tasks.find(({ id }) => id === (chosen ?? standing)) ?? tasks[0];
  const count = Object.values(draft.tasks).reduce((sum, fields) => sum + Object.keys(fields).length, 0);
  if (!task) return null;
  const data: TaskData = { ...task.data, ...draft.tasks[task.id] };
  const write = (field: 'description' | 'expectedOutput') => ({
    value: data[field],
    onChange: ({ target: { value } }: { readonly target: { readonly value: string } }) =>
      changeFork(view.id, (before) => withTask(before, view.graph, { id: task.id, field, value })),
  });
  return (
    <Section title="A task" count={count} isOpen={count > 0}>
      <Field label="Which">
        <Select value={task.id} onChange={(event) => choose(event.target.value)}>
          {tasks.map(({ id, data: { name } }) => (
            <option key={id} value={id}>
              {name}
              {id in draft.tasks ? ' (changed)' : ''}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="What is to be done">
        <TextArea {...write('description')} rows={3} />
      </Field>
      <Field label="What good looks like">
        <TextArea {...write('expectedOutput')} rows={2} />
      </Field>
    </Section>
  );
}
