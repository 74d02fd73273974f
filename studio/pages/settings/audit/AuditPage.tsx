import { Button } from '@mui/material';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { problemOf } from '../../../problem.ts';
import { TopBar } from '../../../shell/TopBar.tsx';
import { downloadText } from '../../../simulation/data/downloadText.ts';
import { client, trpc } from '../../../trpc.ts';
import { FailedScreen, LoadingScreen, Screen } from '../../../ui/Screen.tsx';
import { toast } from '../../../ui/toasts.ts';
import { useTitle } from '../../../ui/useTitle.ts';
import { AuditFilters } from './AuditFilters.tsx';
import styles from './AuditPage.module.css';
import { AuditRow } from './AuditRow.tsx';
import { type AuditFilter, useAuditFilter } from './useAuditFilter.ts';
import { VerificationCard } from './VerificationCard.tsx';

/** Who did what in the workspace, and whether anybody has touched the log. */
export function AuditPage() {
  useTitle('Audit');
  const { filter, get, set, isFiltered } = useAuditFilter();
  return (
    <>
      <TopBar title="Audit">
        <DownloadButton filter={filter} />
      </TopBar>
      <Entries filter={filter} isFiltered={isFiltered}>
        <VerificationCard />
        <AuditFilters get={get} set={set} />
      </Entries>
    </>
  );
}

function DownloadButton({ filter }: { readonly filter: AuditFilter }) {
  const download = useMutation({
    mutationFn: () => client.audit.export.query(filter),
    onSuccess: ({ name, text }) => downloadText(name, text),
    onError: (error) => toast({ text: problemOf(error).message, tone: 'fail' }),
  });
  return (
    <Button variant="outlined" disabled={download.isPending} onClick={() => download.mutate()}>
      <Download aria-hidden />
      Download as CSV
    </Button>
  );
}

interface EntriesProps {
  readonly filter: AuditFilter;
  readonly isFiltered: boolean;
  readonly children: ReactNode;
}

function Entries({ filter, isFiltered, children }: EntriesProps) {
  const entries = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(
      { limit: 50, ...filter },
      { getNextPageParam: (page) => page.nextCursor ?? undefined },
    ),
  );
  if (entries.isError) return <EntriesFailed error={entries.error} onRetry={() => entries.refetch()} />;
  const items = entries.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="scroll">
      <div className={styles.page}>
        {children}
        {entries.isPending && <LoadingScreen title="Reading the log" />}
        {entries.isSuccess && items.length === 0 && <NoEntries isFiltered={isFiltered} />}
        {items.length > 0 && (
          <ul className={styles.list}>
            {items.map((entry) => (
              <AuditRow key={entry.seq} entry={entry} />
            ))}
          </ul>
        )}
        {entries.hasNextPage && (
          <div className={styles.next}>
            <Button disabled={entries.isFetchingNextPage} onClick={() => entries.fetchNextPage()}>
              Show more
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function EntriesFailed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (problemOf(error).code !== 'workspace.forbidden')
    return <FailedScreen title="The audit could not be loaded" error={error} onRetry={onRetry} />;
  return (
    <Screen face="Archivist" index={2} title="For owners">
      Who did what in this workspace is shown to its owners. Ask one of them to look for you.
    </Screen>
  );
}

const NoEntries = ({ isFiltered }: { readonly isFiltered: boolean }) => (
  <Screen face="Archivist" index={2} title={isFiltered ? 'Nothing of this kind' : 'Nothing to tell yet'}>
    {isFiltered
      ? 'Choose other words, another person or a longer time.'
      : 'Log-ins, members, credentials and what was refused will be written here, and nobody can change it.'}
  </Screen>
);
