import { Button } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { TopBar } from '../../shell/TopBar.tsx';
import { SimulationStatus } from '../../simulation/statusNames.ts';
import { trpc } from '../../trpc.ts';
import { RowList } from '../../ui/RowList.tsx';
import { FailedScreen, LoadingScreen, Screen } from '../../ui/Screen.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { SimulationRow } from './SimulationRow.tsx';
import { StatusFilter } from './StatusFilter.tsx';

export function SimulationsPage() {
  useTitle('Simulations');
  const [params, setParams] = useSearchParams();
  const status = SimulationStatus.find((name) => name === params.get('status'));
  return (
    <div className="page">
      <TopBar title="Simulations">
        <StatusFilter
          status={status}
          onChoose={(next) => setParams(next ? { status: next } : {}, { replace: true })}
        />
      </TopBar>
      <Simulations status={status} />
    </div>
  );
}

function Simulations({ status }: { readonly status: SimulationStatus | undefined }) {
  const simulations = useSimulations(status);
  if (simulations.isPending) return <LoadingScreen title="Reading the programme" />;
  if (simulations.isError)
    return (
      <FailedScreen
        title="The simulations could not be loaded"
        error={simulations.error}
        onRetry={() => simulations.refetch()}
      />
    );
  const items = simulations.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <NoSimulations isFiltered={status !== undefined} />;
  return (
    <RowList isWide onMore={simulations.hasNextPage ? () => void simulations.fetchNextPage() : undefined}>
      {items.map((simulation) => (
        <SimulationRow key={simulation.id} simulation={simulation} />
      ))}
    </RowList>
  );
}

const RUNNING_POLL_MS = 3_000;

const useSimulations = (status: SimulationStatus | undefined) =>
  useInfiniteQuery(
    trpc.simulations.list.infiniteQueryOptions(
      { limit: 50, ...(status ? { status } : {}) },
      {
        getNextPageParam: (page) => page.nextCursor ?? undefined,
        refetchInterval: ({ state }) =>
          state.data?.pages.some((page) => page.items.some(({ endedAt }) => endedAt === null))
            ? RUNNING_POLL_MS
            : false,
      },
    ),
  );

const NoSimulations = ({ isFiltered }: { readonly isFiltered: boolean }) =>
  isFiltered ? (
    <Screen face="Scout" index={3} title="None of this kind">
      Choose another status to see more.
    </Screen>
  ) : (
    <Screen
      face="Reviewer"
      index={5}
      title="Nothing has been played yet"
      action={
        <Button component={Link} to="/crews" variant="contained" color="primary">
          Open a crew and press Run
        </Button>
      }
    >
      Every run of a crew is kept here: what was said, when, and what it cost.
    </Screen>
  );
