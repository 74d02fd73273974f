import { Button } from '@mui/material';
import { Copy } from 'lucide-react';
import { toLibraryAgent } from '#workflows/graph/libraryAgent.ts';
import { AgentData } from '#workflows/graph/nodes/agent.ts';
import { AgentFields } from '../../canvas/inspector/AgentFields.tsx';
import { useNodeForm } from '../../canvas/inspector/useNodeForm.ts';
import { TopBar } from '../../shell/TopBar.tsx';
import { libraryIndex } from '../../ui/libraryIndex.ts';
import { useTitle } from '../../ui/useTitle.ts';
import { May } from '../../workspace/May.tsx';
import styles from './AgentEditor.module.css';
import { AgentTitle, TO_AGENTS } from './AgentTitle.tsx';
import { useNewAgent } from './useAgentCommands.ts';
import type { AgentView } from './useAgentDraft.ts';

/** An agent to read: somebody else's, which they let everybody copy, or one that a role does not let change. */
export function PublicAgent({ agent }: { readonly agent: AgentView }) {
  const { copy, isPending } = useNewAgent();
  const form = useNodeForm({ schema: AgentData, data: toLibraryAgent(agent), onWrite: () => undefined });
  const name = agent.name || 'Nameless';
  useTitle(name);
  return (
    <div className="page">
      <TopBar back={TO_AGENTS} title={<AgentTitle name={name} index={libraryIndex(agent.id)} />}>
        <May action="edit">
          <Button variant="contained" color="primary" disabled={isPending} onClick={() => copy(agent.id)}>
            <Copy aria-hidden />
            Copy to my library
          </Button>
        </May>
      </TopBar>
      <div className="scroll">
        <section className={styles.setUp} aria-label="Set-up">
          <p className={styles.whose}>
            {agent.isOwn
              ? 'To look at: your role in this workspace does not allow changing agents.'
              : 'Shared by another workspace. A copy is yours to change and to try.'}
          </p>
          <fieldset disabled className={styles.read}>
            <AgentFields form={form} />
          </fieldset>
        </section>
      </div>
    </div>
  );
}
