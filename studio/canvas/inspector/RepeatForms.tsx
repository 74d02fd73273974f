import type { NodeOf } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/TextInput.tsx';
import styles from './control.module.css';
import { NumberField } from './NumberField.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { usePatch } from './usePatch.ts';
import { ValueField } from './ValueField.tsx';

export function MapForm({ node }: { readonly node: NodeOf<'map'> }) {
  const patch = usePatch(node);
  const { items, concurrency, maxItems, onFailure } = node.data;
  return (
    <>
      <Field label="Goes through" hint="A text with one item a line, or a JSON list.">
        <ItemsField node={node} items={items} onChange={(next) => patch({ items: next }, 'items')} />
      </Field>
      <p className={styles.about}>
        Drag tasks onto its ground. They are done for each item. Write {'{item}'} and {'{index}'} in their
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
      <Field
        label="When an item fails"
        hint={onFailure === 'fail' ? 'A retry does what failed, and nothing else.' : undefined}
      >
        <Select
          name="onFailure"
          value={onFailure}
          onChange={({ target }) =>
            patch({ onFailure: target.value === 'leaveOut' ? 'leaveOut' : 'fail' }, 'onFailure')
          }
        >
          <option value="fail">it fails when the others are done</option>
          <option value="leaveOut">the item is left out</option>
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
      <p className={styles.about}>
        Drag tasks onto its ground. They are done in each round. Write {'{round}'} and {'{previous}'} in their
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
