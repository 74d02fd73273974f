import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { CrewEditor } from '../canvas/CrewEditor.tsx';
import { CrewReader } from '../canvas/CrewReader.tsx';
import { savesUnderWay } from '../canvas/save/savesUnderWay.ts';
import { isNotThere } from '../problem.ts';
import { client } from '../trpc.ts';
import { FailedScreen, LoadingScreen } from '../ui/Screen.tsx';
import { NotHere } from '../workspace/NotHere.tsx';
import { useMay } from '../workspace/useWorkspace.ts';

/**
 * Reads a crew once and opens it. What is drawn lives in the canvas from then on, so nothing is read again behind its
 * back; who comes back later gets it fresh.
 */
export function CrewEditPage() {
  const { crewId = '' } = useParams();
  const mayEdit = useMay('edit');
  const crew = useQuery({
    queryKey: ['open crew', crewId],
    queryFn: async () => {
      await savesUnderWay(crewId);
      return client.crews.get.query({ id: crewId });
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (crew.isPending || crew.isFetching) return <LoadingScreen title="Raising the curtain" />;
  if (isNotThere(crew.error)) return <NotHere kind="crew" id={crewId} />;
  if (crew.isError)
    return (
      <FailedScreen title="This crew could not be opened" error={crew.error} onRetry={() => crew.refetch()} />
    );
  return mayEdit ? (
    <CrewEditor key={crew.data.id} crew={crew.data} />
  ) : (
    <CrewReader key={crew.data.id} crew={crew.data} />
  );
}
