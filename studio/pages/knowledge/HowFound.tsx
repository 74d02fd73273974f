import { Button } from '@mui/material';
import { Link } from 'react-router';
import { plural } from '../../ui/formats.ts';
import { useMay } from '../../workspace/useWorkspace.ts';
import styles from './KnowledgeBasePage.module.css';
import { type Knowledge, useKnowledgeCommands } from './useKnowledge.ts';

/** Whether passages are compared by meaning or by words alone, and how to get the other. */
export function HowFound({ base }: { readonly base: Knowledge }) {
  const mayEdit = useMay('edit');
  const { embedding, byWords } = base;
  if (!embedding) return <ByWords mayEdit={mayEdit} />;
  return (
    <div className={styles.how}>
      <p>
        Found <b>by meaning</b> with <span className="mono">{embedding.model}</span>
        {embedding.of === 'workspace' && ' and the workspace’s own key'}.
        {byWords > 0 && ` It has not read ${plural(byWords, 'source')}, found by words alone.`}
      </p>
      {byWords > 0 && mayEdit && <Renew base={base} />}
    </div>
  );
}

const ByWords = ({ mayEdit }: { readonly mayEdit: boolean }) => (
  <div className={styles.how}>
    <p>
      Found <b>by words</b>: a passage has to share words with the question. To find it by meaning,{' '}
      {mayEdit ? (
        <Link to="/settings/credentials">add a key with an embedding model</Link>
      ) : (
        'ask an editor to add a key with an embedding model'
      )}
      .
    </p>
  </div>
);

function Renew({ base: { id } }: { readonly base: Knowledge }) {
  const { renew } = useKnowledgeCommands();
  return (
    <Button size="small" variant="outlined" disabled={renew.isPending} onClick={() => renew.mutate({ id })}>
      Read by meaning
    </Button>
  );
}
