import { useMemo } from 'react';
import { useParams } from 'react-router';
import { isNotThere } from '../problem.ts';
import { FailedScreen, LoadingScreen } from '../ui/Screen.tsx';
import { NowContext } from '../ui/useNow.ts';
import { useTitle } from '../ui/useTitle.ts';
import { NotHere } from '../workspace/NotHere.tsx';
import { useMomentInUrl } from './replay/useMomentInUrl.ts';
import { usePlayer } from './replay/usePlayer.ts';
import { usePlayKeys } from './replay/usePlayKeys.ts';
import { ReplayContext, useReplay } from './replay/useReplay.ts';
import { SimulationBody } from './SimulationBody.tsx';
import { SimulationTopBar } from './SimulationTopBar.tsx';
import { useAnswersAhead } from './transcript/useAnswersAhead.ts';
import { RunContext, useSimulation } from './useSimulation.ts';
import { useSimulationCommands } from './useSimulationCommands.ts';

/** A simulation, while it happens and after. */
export function SimulationPage() {
  const { simulationId = '' } = useParams();
  return <Simulation key={simulationId} id={simulationId} />;
}

function Simulation({ id }: { readonly id: string }) {
  const { run, view, followAgain } = useSimulation(id, { keepsAll: true });
  const replay = useReplay(run);
  useMomentInUrl(replay.store);
  usePlayer(replay.store);
  usePlayKeys(replay.store);
  useAnswersAhead(id, replay.store);
  const now = useMemo(() => ({ get: replay.shown.time, subscribe: replay.shown.run.subscribe }), [replay]);
  const commands = useSimulationCommands(id, followAgain);
  useTitle(view.data?.title ?? 'Simulation');
  if (view.isPending) return <LoadingScreen title="Finding the seats" />;
  if (isNotThere(view.error)) return <NotHere kind="simulation" id={id} />;
  if (view.isError)
    return (
      <FailedScreen
        title="This simulation could not be opened"
        error={view.error}
        onRetry={() => view.refetch()}
      />
    );
  return (
    <ReplayContext value={replay}>
      <RunContext value={replay.shown.run}>
        <NowContext value={now}>
          <div className="page" data-simulation={id}>
            <SimulationTopBar view={view.data} commands={commands} />
            <SimulationBody view={view.data} onRetry={commands.retry} />
          </div>
        </NowContext>
      </RunContext>
    </ReplayContext>
  );
}
