import { Button } from '@mui/material';
import { GitFork, Pause, Play, RotateCcw, Square, Unplug } from 'lucide-react';
import { useState } from 'react';
import { TopBar } from '../shell/TopBar.tsx';
import { Chip } from '../ui/Chip.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { May } from '../workspace/May.tsx';
import { CompareMenu } from './compare/CompareMenu.tsx';
import type { SimulationView } from './data/DataTab.tsx';
import { Figures } from './Figures.tsx';
import { useOpenFork } from './fork/useOpenFork.ts';
import { MoreMenu } from './MoreMenu.tsx';
import { RaiseBudget } from './RaiseBudget.tsx';
import { useLive } from './replay/useReplay.ts';
import { isClosed } from './runStore.ts';
import styles from './SimulationTopBar.module.css';
import type { useSimulationCommands } from './useSimulationCommands.ts';
import { waitingWord } from './waitingWords.ts';

type Commands = ReturnType<typeof useSimulationCommands>;

interface SimulationTopBarProps {
  readonly view: SimulationView;
  readonly commands: Commands;
}

export function SimulationTopBar({ view, commands }: SimulationTopBarProps) {
  return (
    <TopBar title={view.title} about={<About view={view} />} isStacked>
      <NowFigures />
      <span className={styles.wide}>
        <CompareMenu view={view} />
      </span>
      <May action="run">
        <Controls view={view} commands={commands} />
        <ForkButton view={view} />
      </May>
      <MoreMenu view={view} />
    </TopBar>
  );
}

/** Not before all is read: figures would run through all they have been. */
function NowFigures() {
  const isReading = useLive(({ connection }) => connection === 'connecting');
  return <span className={styles.figures}>{!isReading && <Figures />}</span>;
}

/** While events are still being read, they tell of what has been; the api knows what is. */
const useStatus = ({ status }: SimulationView) =>
  useLive(({ connection, state }) => (connection === 'connecting' ? status : state.status));

function ForkButton({ view }: { readonly view: SimulationView }) {
  const status = useStatus(view);
  const isOver = isClosed(status) && status !== 'failed';
  const openFork = useOpenFork();
  return (
    <Button
      {...(isOver ? { variant: 'contained', color: 'primary' } : {})}
      onClick={() => openFork()}
      aria-label="Fork from here"
    >
      <GitFork aria-hidden />
      <span>
        Fork<span className={styles.more}> from here</span>
      </span>
    </Button>
  );
}

function About({ view }: { readonly view: SimulationView }) {
  const state = useLive((run) => run.state);
  const status = useStatus(view);
  const word = status === state.status ? waitingWord(state) : '';
  const isLost = useLive(({ connection }) => connection === 'reconnecting');
  return (
    <>
      <span data-testid="simulation-status" data-status={status}>
        <StatusChip status={status} word={word || undefined} />
      </span>
      {isLost && (
        <span role="status">
          <Chip tone="wait" icon={Unplug}>
            Reconnecting
          </Chip>
        </span>
      )}
    </>
  );
}

function Controls({ view, commands }: SimulationTopBarProps) {
  const status = useStatus(view);
  // Asked whether it may use more tokens, `Go on` says yes.
  const isPaused = useLive(({ state }) => ['paused', 'tokens'].includes(state.waitingFor?.kind ?? ''));
  const isBroke = useLive(({ state }) => state.waitingFor?.kind === 'budget');
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
      <Button aria-label="Stop" onClick={() => setIsStopping(true)}>
        <Square aria-hidden />
        <span className={styles.more}>Stop</span>
      </Button>
      {isBroke ? (
        <RaiseBudget view={view} />
      ) : (
        <Button
          variant="contained"
          color="primary"
          disabled={commands.isPending}
          onClick={isPaused ? commands.resume : commands.pause}
        >
          {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
          {isPaused ? 'Go on' : 'Pause'}
        </Button>
      )}
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
