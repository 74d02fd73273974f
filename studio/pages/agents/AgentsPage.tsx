import { Button } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { UserPlus } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useSearchParams } from 'react-router';
import { TopBar } from '../../shell/TopBar.tsx';
import { trpc } from '../../trpc.ts';
import { FailedScreen, LoadingScreen } from '../../ui/Screen.tsx';
import { SearchBox } from '../../ui/SearchBox.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { May } from '../../workspace/May.tsx';
import { AgentGrid } from './AgentGrid.tsx';
import { NoAgents } from './NoAgents.tsx';
import { useNewAgent } from './useAgentCommands.ts';

/** The library: agents apart from crews. */
export function AgentsPage() {
  useTitle('Agents');
  const [params, setParams] = useSearchParams();
  const search = params.get('q') ?? '';
  const newAgent = useNewAgent();
  const handleSearch = (text: string) => setParams(text === '' ? {} : { q: text }, { replace: true });
  return (
    <div className="page">
      <TopBar title="Agents">
        <SearchBox label="Search agents" value={search} onChange={handleSearch} />
        <May action="edit">
          <Button variant="contained" color="primary" disabled={newAgent.isPending} onClick={newAgent.create}>
            <UserPlus aria-hidden />
            New agent
          </Button>
        </May>
      </TopBar>
      <Agents search={search} />
    </div>
  );
}

function Agents({ search }: { readonly search: string }) {
  const wanted = useDeferredValue(search.trim());
  const agents = useAgents(wanted);
  if (agents.isPending) return <LoadingScreen title="Opening the dressing rooms" />;
  if (agents.isError)
    return (
      <FailedScreen
        title="Your agents could not be loaded"
        error={agents.error}
        onRetry={() => agents.refetch()}
      />
    );
  const items = agents.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <NoAgents search={wanted} />;
  return <AgentGrid agents={items} onMore={agents.hasNextPage ? () => agents.fetchNextPage() : undefined} />;
}

const useAgents = (search: string) =>
  useInfiniteQuery(
    trpc.agents.list.infiniteQueryOptions(
      { limit: 30, ...(search === '' ? {} : { search }) },
      { getNextPageParam: (page) => page.nextCursor ?? undefined, placeholderData: (earlier) => earlier },
    ),
  );
