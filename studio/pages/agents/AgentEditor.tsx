import { Globe } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { hasErrors } from '#workflows/graph/validate.ts';
import { ConflictDialog } from '../../canvas/save/ConflictDialog.tsx';
import { SaveChip } from '../../canvas/save/SaveChip.tsx';
import { SaveContext } from '../../canvas/save/SaveContext.ts';
import { TopBar } from '../../shell/TopBar.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { libraryIndex } from '../../ui/libraryIndex.ts';
import { useTitle } from '../../ui/useTitle.ts';
import styles from './AgentEditor.module.css';
import { AgentMenu } from './AgentMenu.tsx';
import { AgentProblems } from './AgentProblems.tsx';
import { AgentSetUp } from './AgentSetUp.tsx';
import { AgentTitle, TO_AGENTS } from './AgentTitle.tsx';
import { TryPanel } from './try/TryPanel.tsx';
import { type AgentView, useAgentDraft } from './useAgentDraft.ts';

/** An agent, open to be written on, with a place beside it to hear how it answers. */
export function AgentEditor({ agent }: { readonly agent: AgentView }) {
  const { draft, problems, saving, write } = useAgentDraft(agent);
  const [visibility, setVisibility] = useState(agent.visibility);
  const navigate = useNavigate();
  const { id } = agent;
  const name = draft.data.name.trim() || 'Nameless';
  const index = libraryIndex(id);
  useTitle(name);
  return (
    <SaveContext value={saving}>
      <div className="page">
        <TopBar
          back={TO_AGENTS}
          title={<AgentTitle name={name} index={index} />}
          about={
            <>
              <SaveChip />
              {visibility === 'public' && (
                <Chip tone="info" icon={Globe}>
                  Public
                </Chip>
              )}
            </>
          }
        >
          <AgentMenu
            agent={{ id, name, visibility }}
            onSave={saving.saveNow}
            onPublished={setVisibility}
            onRemoved={() => {
              Promise.resolve(navigate('/agents')).catch(() => undefined);
            }}
          />
        </TopBar>
        <div className={styles.work}>
          <section className={styles.setUp} aria-label="Set-up">
            <AgentProblems problems={problems} />
            <AgentSetUp draft={draft} onWrite={write} />
          </section>
          <TryPanel
            agentId={id}
            name={name}
            index={index}
            draft={draft}
            canTry={!hasErrors(problems)}
            saveNow={saving.saveNow}
          />
        </div>
        <ConflictDialog what="agent" />
      </div>
    </SaveContext>
  );
}
