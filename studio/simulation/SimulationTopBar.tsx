import { Button } from '@mui/material';
import { Pause, Play, RotateCcw, Square, Unplug } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { TopBar } from '../shell/TopBar.tsx';
import { Chip } from '../ui/Chip.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import type { SimulationView } from './data/DataTab.tsx';
import { Figures } from './Figures.tsx';
import { isClosed } from './runStore.ts';
import styles from './SimulationTopBar.module.css';
import { useRun } from './useSimulation.ts';
import type { useSimulationCommands } from './useSimulationCommands.ts';
import { WaitingWords } from './WaitingWords.tsx';

type Commands = ReturnType<typeof useSimulationCommands>;

interface SimulationTopBarProps {
  readonly view: SimulationView;
  readonly commands: Commands;
}

export function SimulationTopBar({ view, commands }: SimulationTopBarProps) {
  return (
    <TopBar title={view.title} about={<About view={view} />}>
      <span className={styles.figures}>
        <Figures />
      </span>
      <Button component={Link} to={`/crews/${view.crewId}/edit`}>
        Open the crew
      </Button>
      <Controls commands={commands} />
    </TopBar>
  );
}

function About({ view }: { readonly view: SimulationView }) {
  const status = useRun(({ state }) => state.status);
  const isLost = useRun(({ connection }) => connection === 'reconnecting');
  return (
    <>
      <span data-testid="simulation-status" data-status={status}>
        <StatusChip status={status} />
      </span>
      {status === 'waiting' && (
        <Chip tone="wait">
          <WaitingWords />
        </Chip>
      )}
      {isLost && (
        <span role="status">
          <Chip tone="wait" icon={Unplug}>
            Reconnecting
          </Chip>
        </span>
      )}
      <Chip>v{view.crewVersion}</Chip>
    </>
  );
}

function Controls({ commands }: { readonly commands: Commands }) {
  const status = useRun(({ state }) => state.status);
  const isPaused = useRun(({ state }) => state.waitingFor?.kind === 'paused');
  const [isStopping, setIsStopping] = useState(false);
  if (status === 'failed') {
    return (
      <Button variant="contained" color="primary" disabled={commands.isPending} onClick={commands.retry}>
        <RotateCcw aria-hidden />
        Retry
      </Button>
    );
  }
  if (isClosed(status)) return null;
  return (
    <>
      <Button onClick={() => setIsStopping(true)}>
        <Square aria-hidden />
        Stop
      </Button>
      <Button
        variant="contained"
        color="primary"
        disabled={commands.isPending}
        onClick={isPaused ? commands.resume : commands.pause}
      >
        {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {isPaused ? 'Go on' : 'Pause'}
      </Button>
      {isStopping && (
        <ConfirmDialog
          title="Stop for good?"
          text="A stopped simulation cannot go on. To go on later, pause it instead."
          confirm="Stop it"
          onConfirm={commands.cancel}
          onClose={() => setIsStopping(false)}
        />
      )}
    </>
  );
}
