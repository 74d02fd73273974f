import { useWatch } from 'react-hook-form';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { Field } from '../../ui/Field.tsx';
import { Select, TextInput } from '../../ui/TextInput.tsx';
import { AgentNumber } from './AgentNumber.tsx';
import { OptionalChecks } from './OptionalChecks.tsx';
import { PlanningField } from './PlanningField.tsx';
import { SkillsField } from './SkillsField.tsx';
import { ToolOptionsField } from './ToolOptionsField.tsx';
import type { NodeForm } from './useNodeForm.ts';

const emptyIsLeftOutText = (text: unknown) => (text === '' || text === null ? undefined : text);

/** `a, b`; a list that is there already comes as it is. */
function listOf(text: unknown): readonly string[] | undefined {
  const names = (Array.isArray(text) ? text : String(text ?? '').split(','))
    .map((name) => String(name).trim())
    .filter((name) => name !== '');
  return names.length > 0 ? names : undefined;
}

export function AgentExtras({ form }: { readonly form: NodeForm<typeof AgentData> }) {
  const { register } = form;
  const [tools, toolOptions, skills] = useWatch({
    control: form.control,
    name: ['tools', 'toolOptions', 'skills'],
  });
  return (
    <>
      <SkillsField
        label="Skills"
        skills={skills}
        onChange={(next) => form.setValue('skills', next, { shouldDirty: true, shouldValidate: true })}
      />
      <AgentNumber
        form={form}
        name="temperature"
        label="Temperature"
        hint="0 is steady, 2 is wild. Empty leaves it to the provider."
        max={2}
        step={0.1}
      />
      <AgentNumber form={form} name="maxTokens" label="Longest answer, in tokens" min={1} />
      <AgentNumber
        form={form}
        name="maxIterations"
        label="Rounds of tool calls"
        hint="After so many it must answer."
        min={1}
        max={500}
      />
      <AgentNumber
        form={form}
        name="maxRpm"
        label="Model calls a minute, at most"
        min={1}
        placeholder="no limit"
      />
      <AgentNumber
        form={form}
        name="maxExecutionSeconds"
        label="Longest time for a task, in seconds"
        hint="A task that takes longer fails, and is not tried again."
        min={1}
        placeholder="no limit"
      />
      <AgentNumber
        form={form}
        name="maxRetries"
        label="Tried again by itself"
        hint="How often, when a call fails."
        max={10}
        placeholder="2"
      />
      <Field label="Other models, in order" hint="Tried when the first refuses or cannot be reached.">
        <TextInput
          {...register('fallbackModels', { setValueAs: listOf })}
          placeholder="openai/gpt-4.1-mini, anthropic/claude-haiku-4-5"
          spellCheck={false}
        />
      </Field>
      <Field label="Effort of thinking" hint="For models that think before they answer.">
        <Select {...register('reasoningEffort', { setValueAs: emptyIsLeftOutText })}>
          <option value="">the provider’s own</option>
          <option value="minimal">minimal</option>
          <option value="low">low</option>
          <option value="medium">medium</option>
          <option value="high">high</option>
        </Select>
      </Field>
      <Field label="When a tool fails">
        <Select {...register('toolFailurePolicy', { setValueAs: emptyIsLeftOutText })}>
          <option value="">as the crew says</option>
          <option value="ignore">it is told</option>
          <option value="warn">it is told, and so are you</option>
          <option value="raise">the task fails</option>
        </Select>
      </Field>
      <ToolOptionsField
        tools={tools ?? []}
        options={toolOptions}
        onChange={(next) => form.setValue('toolOptions', next, { shouldDirty: true, shouldValidate: true })}
      />
      <OptionalChecks form={form} />
      <PlanningField form={form} />
    </>
  );
}
