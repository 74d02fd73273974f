import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import type { NodeForm } from './useNodeForm.ts';

const emptyIsNull = (text: unknown) => (text === '' || text === null ? null : Number(text));

export function AgentExtras({
  form: { register, formState },
}: {
  readonly form: NodeForm<typeof AgentData>;
}) {
  const { errors } = formState;
  return (
    <>
      <Field
        label="Temperature"
        hint="0 is steady, 2 is wild. Empty leaves it to the provider."
        problem={errors.temperature?.message}
      >
        <TextInput
          {...register('temperature', { setValueAs: emptyIsNull })}
          type="number"
          min={0}
          max={2}
          step={0.1}
        />
      </Field>
      <Field label="Longest answer, in tokens" problem={errors.maxTokens?.message}>
        <TextInput {...register('maxTokens', { setValueAs: emptyIsNull })} type="number" min={1} />
      </Field>
      <Field
        label="Rounds of tool calls"
        hint="After so many it must answer."
        problem={errors.maxIterations?.message}
      >
        <TextInput {...register('maxIterations', { valueAsNumber: true })} type="number" min={1} max={500} />
      </Field>
    </>
  );
}
