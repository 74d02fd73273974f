import { Button } from '@mui/material';
import { Link, useParams } from 'react-router';
import { isNotThere } from '../../problem.ts';
import { TopBar } from '../../shell/TopBar.tsx';
import { FailedScreen, LoadingScreen, Screen } from '../../ui/Screen.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { NotHere } from '../../workspace/NotHere.tsx';
import { useMay } from '../../workspace/useWorkspace.ts';
import { useDroppedFiles } from '../crews/useDroppedFiles.ts';
import { AddSources } from './AddSources.tsx';
import { BaseMenu } from './BaseMenu.tsx';
import { HowFound } from './HowFound.tsx';
import styles from './KnowledgeBasePage.module.css';
import { SearchTrial } from './SearchTrial.tsx';
import { SourceRow } from './SourceRow.tsx';
import { type Knowledge, useKnowledge, useSendFiles } from './useKnowledge.ts';

/** One knowledge base: what is in it, how far its reading is, and what it answers. */
export function KnowledgeBasePage() {
  const { knowledgeId = '' } = useParams();
  const base = useKnowledge(knowledgeId);
  useTitle(base.data?.name ?? 'Knowledge');
  if (base.isPending) return <LoadingScreen title="Taking it off the shelf" />;
  if (isNotThere(base.error)) return <NotHere kind="knowledge" id={knowledgeId} otherwise={<NotThere />} />;
  if (base.isError)
    return (
      <FailedScreen
        title="This knowledge base could not be loaded"
        error={base.error}
        onRetry={() => base.refetch()}
      />
    );
  return <Base base={base.data} />;
}

const NotThere = () => (
  <Screen
    face="Scout"
    index={3}
    title="There is no such knowledge base"
    action={
      <Button component={Link} to="/knowledge" variant="contained" color="primary">
        All knowledge bases
      </Button>
    }
  >
    It may have been deleted, or belong to another workspace.
  </Screen>
);

function Base({ base }: { readonly base: Knowledge }) {
  const { sending, send } = useSendFiles(base.id);
  const drop = useDroppedFiles(send);
  const mayEdit = useMay('edit');
  return (
    <div className="page" {...(mayEdit && drop)}>
      <TopBar back={{ to: '/knowledge', label: 'Knowledge' }} title={base.name}>
        {mayEdit && <BaseMenu base={base} />}
      </TopBar>
      <div className="scroll">
        <div className={styles.columns}>
          <section aria-label="Sources">
            <HowFound base={base} />
            {mayEdit && <AddSources base={base} sending={sending} onFiles={send} />}
            {base.items.length > 0 && (
              <ul className={styles.list}>
                {base.items.map((source) => (
                  <SourceRow key={source.id} baseId={base.id} source={source} />
                ))}
              </ul>
            )}
          </section>
          <SearchTrial base={base} />
        </div>
      </div>
    </div>
  );
}
