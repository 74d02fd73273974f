import type { NodeOf } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { formatSpan } from '../../ui/formats.ts';
import { Select, TextInput } from '../../ui/TextInput.tsx';
import { NumberField } from './NumberField.tsx';
import { usePatch } from './usePatch.ts';

const A_YEAR = 31_536_000;

export function WaitForm({ node }: { readonly node: NodeOf<'wait'> }) {
  const patch = usePatch(node);
  const { seconds, until } = node.data;
  const isUntil = seconds === null;
  return (
    <>
      <Field label="Waits">
        <Select
          name="seconds"
          value={isUntil ? 'until' : 'for'}
          onChange={({ target }) => patch({ seconds: target.value === 'for' ? 60 : null }, 'seconds')}
        >
          <option value="for">for a time</option>
          <option value="until">until a moment</option>
        </Select>
      </Field>
      {isUntil ? (
        <Field label="Until" hint="In your own time zone.">
          <TextInput
            type="datetime-local"
            defaultValue={localTime(until)}
            onChange={({ target }) =>
              patch({ until: target.value === '' ? null : new Date(target.value).toISOString() }, 'until')
            }
          />
        </Field>
      ) : (
        <NumberField
          label="Seconds"
          hint={seconds >= 120 ? formatSpan(seconds) : undefined}
          value={seconds}
          min={1}
          max={A_YEAR}
          onChange={(value) => value !== null && patch({ seconds: value }, 'seconds')}
        />
      )}
    </>
  );
}

/** As the browser's field writes it. */
function localTime(until: string | null): string {
  if (until === null) return '';
  const date = new Date(until);
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
