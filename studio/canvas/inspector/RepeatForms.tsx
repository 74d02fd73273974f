import type { NodeOf } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import { NumberField } from './NumberField.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { usePatch } from './usePatch.ts';
import { ValueField } from './ValueField.tsx';

export function MapForm({ node }: { readonly node: NodeOf<'map'> }) {
  const patch = usePatch(node);
  const { items, concurrency, maxItems, onFailure } = node.data;
  return (
    <>
      <Field label="Goes through" hint="A JSON list, or a text with an item a line.">
        <ItemsField node={node} items={items} onChange={(next) => patch({ items: next }, 'items')} />
      </Field>
      <p className="faint">
        Drag tasks onto its ground: they are done for each item. Write {'{item}'} and {'{index}'} in their
        texts.
      </p>
      <NumberField
        label="At a time"
        value={concurrency}
        min={1}
        max={100}
        onChange={(value) => value !== null && patch({ concurrency: value }, 'concurrency')}
      />
      <NumberField
        label="Items at most"
        value={maxItems}
        min={1}
        max={5_000}
        onChange={(value) => value !== null && patch({ maxItems: value }, 'maxItems')}
      />
      <Field label="When an item fails">
        <Select
          name="onFailure"
          value={onFailure}
          onChange={({ target }) =>
            patch({ onFailure: target.value === 'leaveOut' ? 'leaveOut' : 'fail' }, 'onFailure')
          }
        >
          <option value="fail">the others are finished, then it fails; a retry does what failed</option>
          <option value="leaveOut">it is left out</option>
        </Select>
      </Field>
    </>
  );
}

interface ItemsFieldProps {
  readonly node: NodeOf<'map'>;
  readonly items: string | null;
  readonly onChange: (items: string | null) => void;
}

const ItemsField = ({ node, items, onChange }: ItemsFieldProps) => (
  <ValueField node={node} label="The list" path={items} onChange={onChange} />
);

export function LoopForm({ node }: { readonly node: NodeOf<'loop'> }) {
  const patch = usePatch(node);
  const { until, maxRounds, atMost } = node.data;
  return (
    <>
      <p className="faint">
        Drag tasks onto its ground: they are done in each round. Write {'{round}'} and {'{previous}'} in their
        texts.
      </p>
      <RuleEditor
        node={node}
        label="Until"
        rule={until}
        onChange={(rule) => patch({ until: rule }, 'until')}
      />
      <NumberField
        label="Rounds at most"
        value={maxRounds}
        min={1}
        max={1_000}
        onChange={(value) => value !== null && patch({ maxRounds: value }, 'maxRounds')}
      />
      <Field label="If it does not hold then">
        <Select
          name="atMost"
          value={atMost}
          onChange={({ target }) => patch({ atMost: target.value === 'fail' ? 'fail' : 'goOn' }, 'atMost')}
        >
          <option value="goOn">go on with the last answer</option>
          <option value="fail">fail</option>
        </Select>
      </Field>
    </>
  );
}
