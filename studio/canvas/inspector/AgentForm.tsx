import { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { AgentNode } from '#workflows/graph/schema.ts';
import { AgentFields } from './AgentFields.tsx';
import styles from './form.module.css';
import { LibraryLink } from './LibraryLink.tsx';
import { useNodeForm } from './useNodeForm.ts';
import { useWriteNode } from './useWriteNode.ts';

export function AgentForm({ node }: { readonly node: AgentNode }) {
  const { write, endBurst } = useWriteNode();
  const form = useNodeForm({
    schema: AgentData,
    data: node.data,
    onWrite: (data, field) => write({ id: node.id, kind: 'agent', data }, field),
  });
  return (
    <form className={styles.form} onBlur={endBurst} onSubmit={(event) => event.preventDefault()}>
      <LibraryLink node={node} />
      <AgentFields form={form} />
    </form>
  );
}
