import { useWatch } from 'react-hook-form';
import { type AgentData, Planning } from '#workflows/graph/nodes/agent.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import type { NodeForm } from './useNodeForm.ts';

const EFFORTS = Planning.shape.effort.unwrap().options;

/** Whether an agent plans before it begins, and how closely it looks at what comes of it. */
export function PlanningField({ form }: { readonly form: NodeForm<typeof AgentData> }) {
  const planning = useWatch({ control: form.control, name: 'planning' });
  const write = (value: string) => {
    const effort = EFFORTS.find((each) => each === value);
    const next = effort ? Planning.parse({ ...planning, effort }) : undefined;
    form.setValue('planning', next, { shouldDirty: true, shouldValidate: true });
  };
  return (
    <Field label="Plans before it begins" hint="Each step of the plan is a call that you see and pay for.">
      <Select value={planning?.effort ?? ''} onChange={({ target }) => write(target.value)}>
        <option value="">no</option>
        <option value="low">yes, and follows the plan</option>
        <option value="medium">yes, and looks at each step</option>
        <option value="high">yes, and changes the plan as it goes</option>
      </Select>
    </Field>
  );
}
