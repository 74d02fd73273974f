import { Button } from '@mui/material';
import { Copy } from 'lucide-react';
import { toLibraryAgent } from '#workflows/graph/libraryAgent.ts';
import { AgentData } from '#workflows/graph/nodes/agent.ts';
import { hasErrors } from '#workflows/graph/validate.ts';
import { AgentFields } from '../../canvas/inspector/AgentFields.tsx';
import { useNodeForm } from '../../canvas/inspector/useNodeForm.ts';
import { TopBar } from '../../shell/TopBar.tsx';
import { libraryIndex } from '../../ui/libraryIndex.ts';
import { useTitle } from '../../ui/useTitle.ts';
import { May } from '../../workspace/May.tsx';
import { useMay } from '../../workspace/useWorkspace.ts';
import styles from './AgentEditor.module.css';
import { AgentTitle, TO_AGENTS } from './AgentTitle.tsx';
import { TryPanel } from './try/TryPanel.tsx';
import { useNewAgent } from './useAgentCommands.ts';
import type { AgentView } from './useAgentDraft.ts';

/** An agent to read: somebody else's, which they let everybody copy, or one that a role does not let change. */
export function PublicAgent({ agent }: { readonly agent: AgentView }) {
  const { copy, isPending } = useNewAgent();
  const mayTry = useMay('run') && agent.isOwn;
  const name = agent.name || 'Nameless';
  const index = libraryIndex(agent.id);
  useTitle(name);
  return (
    <div className="page">
      <TopBar back={TO_AGENTS} title={<AgentTitle name={name} index={index} />}>
        <May action="edit">
          <Button variant="contained" color="primary" disabled={isPending} onClick={() => copy(agent.id)}>
            <Copy aria-hidden />
            Copy to my library
          </Button>
        </May>
      </TopBar>
      {mayTry ? (
        <div className={styles.work}>
          <SetUp
            agent={agent}
            why="To look at and to try: your role in this workspace does not allow changing agents."
          />
          <TryPanel
            agentId={agent.id}
            name={name}
            index={index}
            draft={{ data: toLibraryAgent(agent), inputs: agent.inputs }}
            canTry={!hasErrors(agent.problems)}
          />
        </div>
      ) : (
        <div className="scroll">
          <SetUp
            agent={agent}
            why={
              agent.isOwn
                ? 'To look at: your role in this workspace does not allow changing agents.'
                : 'Shared by another workspace. A copy is yours to change and to try.'
            }
          />
        </div>
      )}
    </div>
  );
}

function SetUp({ agent, why }: { readonly agent: AgentView; readonly why: string }) {
  const form = useNodeForm({ schema: AgentData, data: toLibraryAgent(agent), onWrite: () => undefined });
  return (
    <section className={styles.setUp} aria-label="Set-up">
      <p className={styles.whose}>{why}</p>
      <fieldset disabled className={styles.read}>
        <AgentFields form={form} />
      </fieldset>
    </section>
  );
}
