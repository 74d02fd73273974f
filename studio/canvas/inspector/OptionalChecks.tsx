import { useWatch } from 'react-hook-form';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import { Check } from './Check.tsx';
import type { NodeForm } from './useNodeForm.ts';

/** Switches of an agent that are left out while they are off, so that a crew may decide. */
export function OptionalChecks({ form }: { readonly form: NodeForm<typeof AgentData> }) {
  const [allowDelegation, injectDate, memory] = useWatch({
    control: form.control,
    name: ['allowDelegation', 'injectDate', 'memory'],
  });
  const set = (field: 'allowDelegation' | 'injectDate' | 'memory', value: boolean | undefined) =>
    form.setValue(field, value, { shouldDirty: true, shouldValidate: true });
  return (
    <>
      <Check
        label="May hand work to the others of the crew"
        checked={allowDelegation ?? false}
        onChange={({ target }) => set('allowDelegation', target.checked || undefined)}
      />
      <Check
        label="Knows the date"
        checked={injectDate ?? false}
        onChange={({ target }) => set('injectDate', target.checked || undefined)}
      />
      <Field label="Remembers from run to run">
        <Select
          value={memory === undefined ? '' : String(memory)}
          onChange={({ target }) => set('memory', target.value === '' ? undefined : target.value === 'true')}
        >
          <option value="">as the crew says</option>
          <option value="true">yes</option>
          <option value="false">no</option>
        </Select>
      </Field>
    </>
  );
}
