import { Button } from '@mui/material';
import { BookOpen, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../problem.ts';
import { TopBar } from '../../shell/TopBar.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { formatWhen, plural } from '../../ui/formats.ts';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { FailedScreen, LoadingScreen, Screen } from '../../ui/Screen.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import styles from './KnowledgePage.module.css';
import { type KnowledgeSummary, useCreateKnowledge, useKnowledgeList } from './useKnowledge.ts';

/** Everything that agents can be given to read. */
export function KnowledgePage() {
  useTitle('Knowledge');
  const [isNaming, setNaming] = useState(false);
  const create = useCreateKnowledge();
  const open = () => setNaming(true);
  return (
    <div className="page">
      <TopBar title="Knowledge">
        <Button variant="contained" color="primary" onClick={open}>
          <Plus aria-hidden />
          New knowledge base
        </Button>
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
  if (bases.isError) {
    const { message, requestId } = problemOf(bases.error);
    return (
      <FailedScreen
        title="Your knowledge could not be loaded"
        message={message}
        requestId={requestId}
        onRetry={() => bases.refetch()}
      />
    );
  }
  const { items } = bases.data;
  if (items.length === 0) return <NoKnowledge onNew={onNew} />;
  return (
    <div className="scroll">
      <ul className={styles.grid}>
        {items.map((base) => (
          <BaseCard key={base.id} base={base} />
        ))}
      </ul>
    </div>
  );
}

const NoKnowledge = ({ onNew }: { readonly onNew: () => void }) => (
  <Screen
    face="Researcher"
    index={4}
    title="Nobody has read anything yet"
    action={
      <Button variant="contained" color="primary" onClick={onNew}>
        New knowledge base
      </Button>
    }
  >
    Put documents into a knowledge base, and give it to agents: before each task they look up what fits.
  </Screen>
);

function BaseCard({ base }: { readonly base: KnowledgeSummary }) {
  const { id, name, description, sources, passages, updatedAt } = base;
  const count = sources.ready + sources.reading + sources.failed;
  return (
    <li className={`card ${styles.base}`} data-testid="knowledge-card">
      <BookOpen aria-hidden className={styles.icon} />
      <h2>
        <Link to={`/knowledge/${id}`} className={styles.name}>
          {name}
        </Link>
      </h2>
      <p className={styles.about}>
        {description || (count === 0 ? 'Empty so far.' : `${plural(passages, 'passage')} that can be found.`)}
      </p>
      <footer className={styles.foot}>
        <Chip>{plural(count, 'source')}</Chip>
        {sources.reading > 0 && <Chip tone="now">{sources.reading} being read</Chip>}
        {sources.failed > 0 && <Chip tone="fail">{sources.failed} failed</Chip>}
        <span className="grow" />
        <span className="muted">{formatWhen(updatedAt)}</span>
      </footer>
    </li>
  );
}
