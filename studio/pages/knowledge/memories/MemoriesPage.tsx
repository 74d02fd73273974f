import { Button } from '@mui/material';
import { useDeferredValue } from 'react';
import { Link } from 'react-router';
import { TopBar } from '../../../shell/TopBar.tsx';
import { RowList } from '../../../ui/RowList.tsx';
import { FailedScreen, LoadingScreen, Screen } from '../../../ui/Screen.tsx';
import { SearchBox } from '../../../ui/SearchBox.tsx';
import { useAddress } from '../../../ui/useAddress.ts';
import { useTitle } from '../../../ui/useTitle.ts';
import { KnowledgeTabs } from '../KnowledgeTabs.tsx';
import { MemoryRow } from './MemoryRow.tsx';
import { ScopeBar } from './ScopeBar.tsx';
import { type MemoryFilter, useMemories } from './useMemories.ts';

/** What crews remember for the person at the screen, to be looked through and taken back. */
export function MemoriesPage() {
  useTitle('Memories');
  const [params, change] = useAddress();
  const part = (name: string) => params.get(name) ?? undefined;
  const choose = (changes: Readonly<Record<string, string | undefined>>) =>
    change((now) => {
      for (const [name, value] of Object.entries(changes)) {
        if (value) now.set(name, value);
        else now.delete(name);
      }
    });
  const search = useDeferredValue(part('q')?.trim() || undefined);
  const filter = { crewId: part('crew'), agent: part('agent'), search };
  return (
    <div className="page">
      <TopBar title="Knowledge" about={<KnowledgeTabs />}>
        <SearchBox
          label="Search memories"
          value={part('q') ?? ''}
          onChange={(text) => choose({ q: text || undefined })}
        />
      </TopBar>
      <ScopeBar
        crewId={filter.crewId}
        agent={filter.agent}
        onChoose={(crew, agent) => choose({ crew, agent })}
      />
      <Memories filter={filter} />
    </div>
  );
}

function Memories({ filter }: { readonly filter: MemoryFilter }) {
  const memories = useMemories(filter);
  if (memories.isPending) return <LoadingScreen title="Trying to remember" />;
  if (memories.isError)
    return (
      <FailedScreen
        title="The memories could not be loaded"
        error={memories.error}
        onRetry={() => memories.refetch()}
      />
    );
  const items = memories.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Nothing isFiltered={Object.values(filter).some(Boolean)} />;
  return (
    <RowList onMore={memories.hasNextPage ? () => void memories.fetchNextPage() : undefined}>
      {items.map((memory) => (
        <MemoryRow key={memory.id} memory={memory} />
      ))}
    </RowList>
  );
}

const Nothing = ({ isFiltered }: { readonly isFiltered: boolean }) =>
  isFiltered ? (
    <Screen face="Scout" index={3} title="Nothing of this kind is remembered">
      Look for other words, or in another crew.
    </Screen>
  ) : (
    <Screen
      face="Reviewer"
      index={5}
      title="Nothing is remembered yet"
      action={
        <Button component={Link} to="/crews" variant="contained" color="primary">
          To your crews
        </Button>
      }
    >
      Switch memory on in a crew’s settings. What it learns in your simulations is then kept here, for you
      alone.
    </Screen>
  );
