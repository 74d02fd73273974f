import { Button } from '@mui/material';
import type { ReactNode } from 'react';
import { FailedScreen, LoadingScreen, Screen } from '../../ui/Screen.tsx';
import styles from './Admin.module.css';

interface PagedQuery {
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly error: unknown;
  readonly hasNextPage?: boolean;
  readonly isFetchingNextPage?: boolean;
  readonly refetch: () => unknown;
  readonly fetchNextPage?: () => unknown;
}

interface ListBodyProps {
  readonly what: string;
  readonly query: PagedQuery;
  readonly isEmpty: boolean;
  readonly empty: string;
  readonly children: ReactNode;
}

/** A list in its three states besides being there: on its way, failed, and with nothing in it. */
export function ListBody({ what, query, isEmpty, empty, children }: ListBodyProps) {
  if (query.isPending) return <LoadingScreen title={`Looking for ${what}`} />;
  if (query.isError)
    return (
      <FailedScreen title="This could not be loaded" error={query.error} onRetry={() => query.refetch()} />
    );
  if (isEmpty)
    return (
      <Screen face="Caretaker" index={1} title="Nothing here">
        {empty}
      </Screen>
    );
  return (
    <div className="scroll">
      {children}
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button disabled={query.isFetchingNextPage ?? false} onClick={() => query.fetchNextPage?.()}>
            Show more
          </Button>
        </div>
      )}
    </div>
  );
}
