import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { savesUnderWay } from '../../canvas/save/savesUnderWay.ts';
import { isNotThere } from '../../problem.ts';
import { client } from '../../trpc.ts';
import { FailedScreen, LoadingScreen } from '../../ui/Screen.tsx';
import { NotHere } from '../../workspace/NotHere.tsx';
import { useMay } from '../../workspace/useWorkspace.ts';
import { AgentEditor } from './AgentEditor.tsx';
import { PublicAgent } from './PublicAgent.tsx';

/** Reads an agent once and opens it; what is written lives in its form from then on, and is saved from there. */
export function AgentPage() {
  const { agentId = '' } = useParams();
  const mayEdit = useMay('edit');
  const agent = useQuery({
    queryKey: ['open agent', agentId],
    queryFn: async () => {
      await savesUnderWay(agentId);
      return client.agents.get.query({ id: agentId });
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnMount: 'always',
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (agent.isPending || agent.isFetching) return <LoadingScreen title="Knocking at the dressing room" />;
  if (isNotThere(agent.error)) return <NotHere kind="agent" id={agentId} />;
  if (agent.isError)
    return (
      <FailedScreen
        title="This agent could not be opened"
        error={agent.error}
        onRetry={() => agent.refetch()}
      />
    );
  return agent.data.isOwn && mayEdit ? (
    <AgentEditor key={agent.data.id} agent={agent.data} />
  ) : (
    <PublicAgent agent={agent.data} />
  );
}
