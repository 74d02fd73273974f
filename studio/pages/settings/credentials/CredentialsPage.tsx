import { Button } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { TopBar } from '../../../shell/TopBar.tsx';
import { trpc } from '../../../trpc.ts';
import { FailedScreen, LoadingScreen, Screen } from '../../../ui/Screen.tsx';
import { useTitle } from '../../../ui/useTitle.ts';
import { May } from '../../../workspace/May.tsx';
import { CredentialDialog } from './CredentialDialog.tsx';
import { CredentialRow } from './CredentialRow.tsx';
import styles from './CredentialsPage.module.css';

/** Keys that crews use, and nobody reads. */
export function CredentialsPage() {
  useTitle('Credentials');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <>
      <TopBar title="Credentials">
        <May action="run">
          <Button variant="contained" color="primary" onClick={() => setIsAdding(true)}>
            <KeyRound aria-hidden />
            Add a credential
          </Button>
        </May>
      </TopBar>
      <Credentials onAdd={() => setIsAdding(true)} />
      {isAdding && <CredentialDialog onClose={() => setIsAdding(false)} />}
    </>
  );
}

function Credentials({ onAdd }: { readonly onAdd: () => void }) {
  const credentials = useInfiniteQuery(
    trpc.credentials.list.infiniteQueryOptions(
      { limit: 50 },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  if (credentials.isPending) return <LoadingScreen title="Looking for the keys" />;
  if (credentials.isError)
    return (
      <FailedScreen
        title="The credentials could not be loaded"
        error={credentials.error}
        onRetry={() => credentials.refetch()}
      />
    );
  const items = credentials.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <NoCredentials onAdd={onAdd} />;
  return (
    <div className="scroll">
      <p className={styles.intro}>
        A secret is encrypted when you enter it and never shown again, to nobody. It is sent only to the
        addresses beside it, by the crews that may use it.
      </p>
      <ul className={styles.list}>
        {items.map((credential) => (
          <CredentialRow key={credential.id} credential={credential} />
        ))}
      </ul>
      {credentials.hasNextPage && (
        <div className={styles.more}>
          <Button onClick={() => credentials.fetchNextPage()}>Show more</Button>
        </div>
      )}
    </div>
  );
}

const NoCredentials = ({ onAdd }: { readonly onAdd: () => void }) => (
  <Screen
    face="Locksmith"
    index={2}
    title="No keys yet"
    action={
      <May action="run">
        <Button variant="contained" color="primary" onClick={onAdd}>
          Add a credential
        </Button>
      </May>
    }
  >
    Add the key of a model provider, of a search engine or of a server that your agents call. It is encrypted
    here, and nobody can read it again.
  </Screen>
);
