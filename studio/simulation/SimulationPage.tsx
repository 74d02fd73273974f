import { useParams } from 'react-router';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { problemOf } from '../problem.ts';
import { FailedScreen, LoadingScreen } from '../ui/Screen.tsx';
import { useTitle } from '../ui/useTitle.ts';
import { SimulationBody } from './SimulationBody.tsx';
import { SimulationTopBar } from './SimulationTopBar.tsx';
import { RunContext, useSimulation } from './useSimulation.ts';
import { useSimulationCommands } from './useSimulationCommands.ts';

/** A simulation, while it happens and after. */
export function SimulationPage() {
  const { simulationId = '' } = useParams();
  return <Simulation key={simulationId} id={simulationId} />;
}

function Simulation({ id }: { readonly id: string }) {
  const { run, view, followAgain } = useSimulation(id);
  const commands = useSimulationCommands(id, followAgain);
  useTitle(view.data?.title ?? 'Simulation');
  if (view.isPending) return <LoadingScreen title="Finding the seats" />;
  if (view.isError) {
    const { code, message, requestId } = problemOf(view.error);
    if (code === 'notFound' || code === 'request.invalid') return <NotFoundPage />;
    return (
      <FailedScreen
        title="This simulation could not be opened"
        message={message}
        requestId={requestId}
        onRetry={() => view.refetch()}
      />
    );
  }
  return (
    <RunContext value={run}>
      <div className="page">
        <SimulationTopBar view={view.data} commands={commands} />
        <SimulationBody view={view.data} onRetry={commands.retry} />
      </div>
    </RunContext>
  );
}
