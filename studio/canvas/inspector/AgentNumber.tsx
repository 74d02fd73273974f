import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import type { NodeForm } from './useNodeForm.ts';

/** What an empty field says: the provider decides, nobody said, or that something is missing. */
const EMPTY = {
  temperature: null,
  maxTokens: null,
  maxIterations: Number.NaN,
  maxRpm: undefined,
  maxExecutionSeconds: undefined,
  maxRetries: undefined,
} as const;

interface AgentNumberProps {
  readonly form: NodeForm<typeof AgentData>;
  readonly name: keyof typeof EMPTY;
  readonly label: string;
  readonly hint?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** What counts when it is empty. */
  readonly placeholder?: string;
}

/** One number of an agent. */
export function AgentNumber({ form, name, label, hint, min = 0, max, step, placeholder }: AgentNumberProps) {
  const { register, formState } = form;
  const setValueAs = (text: unknown) =>
    text === '' || text === null || text === undefined ? EMPTY[name] : Number(text);
  return (
    <Field label={label} hint={hint} problem={formState.errors[name]?.message}>
      <TextInput
        {...register(name, { setValueAs })}
        type="number"
        min={min}
        max={max}
        step={step}
        placeholder={placeholder}
      />
    </Field>
  );
}
