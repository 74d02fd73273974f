import { Button } from '@mui/material';
import { Square } from 'lucide-react';
import { SOLO } from '#workflows/graph/soloGraph.ts';
import { Figures, isDemo } from '../../../simulation/Figures.tsx';
import { isClosed } from '../../../simulation/runStore.ts';
import { RunContext, useRun, useSimulation } from '../../../simulation/useSimulation.ts';
import { useSimulationCommands } from '../../../simulation/useSimulationCommands.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { Exchange } from './Exchange.tsx';
import { LiveAnswer } from './LiveAnswer.tsx';
import type { TriedAgent } from './TryPanel.tsx';

interface LiveExchangeProps {
  readonly id: string;
  readonly agent: TriedAgent;
}

/** The newest try-out, as it is written. */
export function LiveExchange({ id, agent }: LiveExchangeProps) {
  const { run, view, followAgain } = useSimulation(id);
  const { cancel, retry } = useSimulationCommands(id, followAgain);
  return (
    <RunContext value={run}>
      <Exchange
        id={id}
        agent={agent}
        message={view.data?.inputs.message}
        about={<Model />}
        figures={
          <>
            <Figures />
            <Stop onStop={cancel} />
          </>
        }
      >
        <LiveAnswer id={id} onRetry={retry} />
      </Exchange>
    </RunContext>
  );
}

/** Which model answers; one that only stands in says so. */
function Model() {
  const model = useRun(({ state }) => state.steps[state.nodes[SOLO.task]?.path ?? '']?.model);
  if (!model) return null;
  return isDemo(model) ? <Chip tone="info">demo model</Chip> : <span className="mono faint">{model}</span>;
}

function Stop({ onStop }: { readonly onStop: () => void }) {
  const isRunning = useRun(({ state }) => !isClosed(state.status));
  if (!isRunning) return null;
  return (
    <Button size="small" onClick={onStop}>
      <Square aria-hidden />
      Stop
    </Button>
  );
}
