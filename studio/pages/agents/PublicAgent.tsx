import { Button } from '@mui/material';
import { Copy } from 'lucide-react';
import { toLibraryAgent } from '#workflows/graph/libraryAgent.ts';
import { AgentData } from '#workflows/graph/nodes/agent.ts';
import { AgentFields } from '../../canvas/inspector/AgentFields.tsx';
import { useNodeForm } from '../../canvas/inspector/useNodeForm.ts';
import { TopBar } from '../../shell/TopBar.tsx';
import { libraryIndex } from '../../ui/libraryIndex.ts';
import { useTitle } from '../../ui/useTitle.ts';
import styles from './AgentEditor.module.css';
import { AgentTitle } from './AgentTitle.tsx';
import { useNewAgent } from './useAgentCommands.ts';
import type { AgentView } from './useAgentDraft.ts';

/** Somebody else's agent, which they let everybody read and copy. */
export function PublicAgent({ agent }: { readonly agent: AgentView }) {
  const { copy, isPending } = useNewAgent();
  const form = useNodeForm({ schema: AgentData, data: toLibraryAgent(agent), onWrite: () => undefined });
  const name = agent.name || 'Nameless';
  useTitle(name);
  return (
    <div className="page">
      <TopBar title={<AgentTitle name={name} index={libraryIndex(agent.id)} />}>
        <Button variant="contained" color="primary" disabled={isPending} onClick={() => copy(agent.id)}>
          <Copy aria-hidden />
          Copy to my library
        </Button>
      </TopBar>
      <div className="scroll">
        <section className={styles.setUp} aria-label="Set-up">
          <p className={styles.whose}>Shared by another workspace. A copy is yours to change and to try.</p>
          <fieldset disabled className={styles.read}>
            <AgentFields form={form} />
          </fieldset>
        </section>
      </div>
    </div>
  );
}
