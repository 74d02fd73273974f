import { useWatch } from 'react-hook-form';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import { KnowledgePicker } from '../../pages/knowledge/KnowledgePicker.tsx';
import type { NodeForm } from './useNodeForm.ts';

/** What an agent reads before its tasks. Left out while it reads nothing. */
export function KnowledgeField({ form }: { readonly form: NodeForm<typeof AgentData> }) {
  const knowledge = useWatch({ control: form.control, name: 'knowledge' }) ?? [];
  const write = (ids: string[]) =>
    form.setValue('knowledge', ids.length > 0 ? ids : undefined, { shouldDirty: true, shouldValidate: true });
  return <KnowledgePicker label="Knowledge" value={knowledge} onChange={write} />;
}
