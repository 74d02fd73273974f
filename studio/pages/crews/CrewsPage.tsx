import { useInfiniteQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { useSearchParams } from 'react-router';
import { TopBar } from '../../shell/TopBar.tsx';
import { trpc } from '../../trpc.ts';
import { FailedScreen, LoadingScreen } from '../../ui/Screen.tsx';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { useMay } from '../../workspace/useWorkspace.ts';
import { CreateMenu } from './CreateMenu.tsx';
import { CrewGrid } from './CrewGrid.tsx';
import { ImportDialog } from './ImportDialog.tsx';
import { NoCrews } from './NoCrews.tsx';
import { useDroppedFiles } from './useDroppedFiles.ts';

export function CrewsPage() {
  useTitle('Crews');
  const [params, setParams] = useSearchParams();
  const search = params.get('q') ?? '';
  const [files, setFiles] = useState<readonly File[] | null>(null);
  const mayEdit = useMay('edit');
  const drop = useDroppedFiles(setFiles);
  const handleSearch = (text: string) => setParams(text === '' ? {} : { q: text }, { replace: true });
  return (
    <div className="page" {...(mayEdit && drop)}>
      <TopBar title="Crews">
        <SearchBox label="Search crews" value={search} onChange={handleSearch} />
        {mayEdit && <CreateMenu onImport={() => setFiles([])} />}
      </TopBar>
      <Crews search={search} onImport={() => setFiles([])} />
      {files && <ImportDialog dropped={files} onClose={() => setFiles(null)} />}
    </div>
  );
}

function Crews({ search, onImport }: { readonly search: string; readonly onImport: () => void }) {
  const wanted = useDeferredValue(search.trim());
  const crews = useCrews(wanted);
  const mayEdit = useMay('edit');
  if (crews.isPending) return <LoadingScreen title="Calling the cast" />;
  if (crews.isError)
    return (
      <FailedScreen
        title="Your crews could not be loaded"
        error={crews.error}
        onRetry={() => crews.refetch()}
      />
    );
  const items = crews.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <NoCrews search={wanted} onImport={onImport} />;
  return (
    <CrewGrid
      crews={items}
      hasShelf={mayEdit && wanted === '' && items.length < FEW}
      onMore={crews.hasNextPage ? () => crews.fetchNextPage() : undefined}
    />
  );
}

// Who has more needs no suggestions.
const FEW = 4;
const RUNNING_POLL_MS = 3_000;

/** Asks again while something in the list is at work: lists have no stream of their own. */
const useCrews = (search: string) =>
  useInfiniteQuery(
    trpc.crews.list.infiniteQueryOptions(
      { limit: 30, ...(search === '' ? {} : { search }) },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        placeholderData: (earlier) => earlier,
        refetchInterval: ({ state }) =>
          state.data?.pages.some((page) => page.items.some((crew) => isAtWork(crew.lastSimulation?.status)))
            ? RUNNING_POLL_MS
            : false,
      },
    ),
  );

const isAtWork = (status: string | undefined) =>
  status === 'queued' || status === 'running' || status === 'waiting';
