import { useId } from 'react';
import { useWatch } from 'react-hook-form';
import { findModel, MODELS } from '#workflows/catalogue/models.ts';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import type { NodeForm } from './useNodeForm.ts';

/** Any provider/model; those of the catalogue are offered, with what they cost. */
export function ModelField({ form }: { readonly form: NodeForm<typeof AgentData> }) {
  const list = useId();
  const name = useWatch({ control: form.control, name: 'model' }) ?? '';
  return (
    <Field label="Model" aside={<span className="mono faint">{priceOf(name)}</span>}>
      <Offered list={list} form={form} />
    </Field>
  );
}

interface OfferedProps {
  readonly list: string;
  readonly form: NodeForm<typeof AgentData>;
  /** Given by Field. */
  readonly id?: string;
}

const Offered = ({ list, form, ...described }: OfferedProps) => (
  <>
    <TextInput
      {...described}
      {...form.register('model')}
      list={list}
      placeholder="The default model"
      autoComplete="off"
      spellCheck={false}
    />
    <datalist id={list}>
      {MODELS.map(({ provider, model, title }) => (
        <option key={model} value={`${provider}/${model}`}>
          {title}
        </option>
      ))}
    </datalist>
  </>
);

const MICROS = 1_000_000;

/** For a million tokens in and out. */
function priceOf(name: string): string {
  const price = findModel(name)?.price;
  if (!price) return '';
  if (price.input + price.output === 0) return 'free';
  return `$${price.input / MICROS} in, $${price.output / MICROS} out`;
}
