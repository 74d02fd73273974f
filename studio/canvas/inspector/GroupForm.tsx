import type { NodeOf } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './form.module.css';
import { usePatch } from './usePatch.ts';

export function GroupForm({ node }: { readonly node: NodeOf<'group'> }) {
  const patch = usePatch(node);
  return (
    <form className={styles.form} onSubmit={(event) => event.preventDefault()}>
      <Field label="Name" hint="For the reader: what stands on its ground moves along.">
        <TextInput
          name="name"
          value={node.data.name}
          maxLength={200}
          autoComplete="off"
          onChange={({ target }) => patch({ name: target.value }, 'name')}
        />
      </Field>
    </form>
  );
}
