import { NoteData } from '#workflows/graph/nodes/note.ts';
import type { NoteNode } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { Select, TextArea } from '../../ui/TextInput.tsx';
import styles from './form.module.css';
import { useNodeForm } from './useNodeForm.ts';
import { useWriteNode } from './useWriteNode.ts';

const COLOURS = NoteData.shape.colour.def.innerType.options;

export function NoteForm({ node }: { readonly node: NoteNode }) {
  const { write, endBurst } = useWriteNode();
  const { register } = useNodeForm({
    schema: NoteData,
    data: node.data,
    onWrite: (data, field) => write({ id: node.id, kind: 'note', data }, field),
  });
  return (
    <form className={styles.form} onBlur={endBurst} onSubmit={(event) => event.preventDefault()}>
      <Field label="Text" hint="Markdown works: **bold**, lists, links.">
        <TextArea {...register('text')} rows={6} />
      </Field>
      <Field label="Colour">
        <Select {...register('colour')}>
          {COLOURS.map((colour) => (
            <option key={colour} value={colour}>
              {colour.charAt(0).toUpperCase() + colour.slice(1)}
            </option>
          ))}
        </Select>
      </Field>
    </form>
  );
}
