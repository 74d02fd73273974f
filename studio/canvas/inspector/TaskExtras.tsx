import { OutputSchema, type TaskData } from '#workflows/graph/nodes/task.ts';
import type { TaskNode } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { Select, TextInput } from '../../ui/TextInput.tsx';
import { selectGraph, useCanvas } from '../CanvasContext.ts';
import { Check } from './Check.tsx';
import { GuardrailsEditor } from './GuardrailsEditor.tsx';
import { JsonField } from './JsonField.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { ToolChecks } from './ToolChecks.tsx';
import { ToolOptionsField } from './ToolOptionsField.tsx';
import type { NodeForm } from './useNodeForm.ts';
import { usePatch } from './usePatch.ts';

interface TaskExtrasProps {
  readonly form: NodeForm<typeof TaskData>;
  readonly node: TaskNode;
}

const emptyIsNull = (text: unknown) => (text === '' || text === null ? null : String(text));

/** What most tasks leave as it is. */
export function TaskExtras({ form: { register }, node }: TaskExtrasProps) {
  const patch = usePatch(node);
  const isSequential = useCanvas(selectGraph).process !== 'parallel';
  return (
    <>
      <ToolChecks
        label="Tools"
        hint="None chosen: the agent’s own tools."
        chosen={node.data.tools}
        field={register('tools')}
      />
      <ToolOptionsField
        tools={node.data.tools}
        options={node.data.toolOptions}
        onChange={(toolOptions) => patch({ toolOptions }, 'toolOptions')}
      />
      <Field label="Keep the answer as" hint="A file name, kept with the simulation.">
        <TextInput
          {...register('outputFile', { setValueAs: emptyIsNull })}
          placeholder="brief.md"
          autoComplete="off"
        />
      </Field>
      <Field label="Without lines, it reads" hint="Where lines lead to it, it reads just those.">
        <Select {...register('context')}>
          <option value="auto">{isSequential ? 'all earlier answers' : 'nothing (parallel crew)'}</option>
          <option value="none">nothing</option>
        </Select>
      </Field>
      <Check label="Ask for an answer in Markdown" {...register('markdown')} />
      <Check
        label="A person reads the answer and says what to change"
        checked={node.data.humanInput ?? false}
        onChange={({ target }) => patch({ humanInput: target.checked || undefined }, 'humanInput')}
      />
      <GuardrailsEditor node={node} />
      <RuleEditor
        node={node}
        label="Only done when"
        rule={node.data.condition}
        onChange={(condition) => patch({ condition }, 'condition')}
      />
      <JsonField
        key={node.id}
        label="The answer is JSON of this form"
        hint="A JSON Schema. Empty: any text."
        value={node.data.outputSchema}
        schema={OutputSchema}
        placeholder='{"type": "object", "properties": {"title": {"type": "string"}}}'
        onChange={(outputSchema) => patch({ outputSchema }, 'outputSchema')}
      />
      {isSequential && <Check label="The next task need not wait for it" {...register('async')} />}
    </>
  );
}
