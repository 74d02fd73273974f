import { type ControlNode, unreachable } from '#workflows/graph/schema.ts';
import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import { useCanvasStore } from '../CanvasContext.ts';
import { ApprovalForm } from './ApprovalForm.tsx';
import { CrewNodeForm } from './CrewNodeForm.tsx';
import styles from './form.module.css';
import { Reads } from './Reads.tsx';
import { LoopForm, MapForm } from './RepeatForms.tsx';
import { RouterForm } from './RouterForm.tsx';
import { usePatch } from './usePatch.ts';
import { WaitForm } from './WaitForm.tsx';

/** What can be said of a node that decides, repeats or waits. */
export function ControlForm({ node }: { readonly node: ControlNode }) {
  const store = useCanvasStore();
  const patch = usePatch(node);
  return (
    <form
      key={node.id}
      className={styles.form}
      onBlur={() => store.getState().endBurst()}
      onSubmit={(event) => event.preventDefault()}
    >
      <Field label="Name">
        <TextInput
          name="name"
          value={node.data.name}
          maxLength={200}
          autoComplete="off"
          onChange={({ target }) => patch({ name: target.value }, 'name')}
        />
      </Field>
      <Fields node={node} />
      <Reads taskId={node.id} />
    </form>
  );
}

function Fields({ node }: { readonly node: ControlNode }) {
  switch (node.kind) {
    case 'router':
      return <RouterForm node={node} />;
    case 'map':
      return <MapForm node={node} />;
    case 'loop':
      return <LoopForm node={node} />;
    case 'approval':
      return <ApprovalForm node={node} />;
    case 'crew':
      return <CrewNodeForm node={node} />;
    case 'wait':
      return <WaitForm node={node} />;
    default:
      return unreachable(node);
  }
}
