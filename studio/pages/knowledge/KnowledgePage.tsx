import { Button } from '@mui/material';
import { BookOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { TopBar } from '../../shell/TopBar.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { plural } from '../../ui/formats.ts';
import { CardGrid, LinkCard } from '../../ui/LinkCard.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { FailedScreen, LoadingScreen, Screen } from '../../ui/Screen.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { May } from '../../workspace/May.tsx';
import styles from './KnowledgePage.module.css';
import { KnowledgeTabs } from './KnowledgeTabs.tsx';
import { type KnowledgeSummary, useCreateKnowledge, useKnowledgeList } from './useKnowledge.ts';

/** Everything that agents can be given to read. */
export function KnowledgePage() {
  useTitle('Knowledge');
  const [isNaming, setNaming] = useState(false);
  const create = useCreateKnowledge();
  const open = () => setNaming(true);
  return (
    <div className="page">
      <TopBar title="Knowledge" about={<KnowledgeTabs />}>
        <May action="edit">
          <Button variant="contained" color="primary" onClick={open}>
            <Plus aria-hidden />
            New knowledge base
          </Button>
        </May>
      </TopBar>
      <Bases onNew={open} />
      {isNaming && (
        <NameDialog
          title="New knowledge base"
          name=""
          onSave={(name) => create.mutate({ name })}
          onClose={() => setNaming(false)}
        />
      )}
    </div>
  );
}

function Bases({ onNew }: { readonly onNew: () => void }) {
  const bases = useKnowledgeList();
  if (bases.isPending) return <LoadingScreen title="Opening the library" />;
  if (bases.isError)
    return (
      <FailedScreen
        title="Your knowledge could not be loaded"
        error={bases.error}
        onRetry={() => bases.refetch()}
      />
    );
  const { items } = bases.data;
  if (items.length === 0) return <NoKnowledge onNew={onNew} />;
  return (
    <CardGrid>
      {items.map((base) => (
        <BaseCard key={base.id} base={base} />
      ))}
    </CardGrid>
  );
}

const NoKnowledge = ({ onNew }: { readonly onNew: () => void }) => (
  <Screen
    face="Researcher"
    index={4}
    title="Nobody has read anything yet"
    action={
      <May action="edit">
        <Button variant="contained" color="primary" onClick={onNew}>
          New knowledge base
        </Button>
      </May>
    }
  >
    Put documents into a knowledge base, and give it to agents: before each task they look up what fits.
  </Screen>
);

function BaseCard({ base }: { readonly base: KnowledgeSummary }) {
  const { id, name, description, sources, passages, updatedAt } = base;
  const count = sources.ready + sources.reading + sources.failed;
  return (
    <LinkCard
      to={`/knowledge/${id}`}
      title={name}
      head={<BookOpen aria-hidden className={styles.icon} />}
      about={
        description || (count === 0 ? 'Empty so far.' : `${plural(passages, 'passage')} that can be found.`)
      }
      state={
        <>
          <Chip>{plural(count, 'source')}</Chip>
          {sources.reading > 0 && <Chip tone="now">{sources.reading} being read</Chip>}
          {sources.failed > 0 && <Chip tone="fail">{sources.failed} failed</Chip>}
        </>
      }
      changedAt={updatedAt}
      testId="knowledge-card"
    />
  );
}
