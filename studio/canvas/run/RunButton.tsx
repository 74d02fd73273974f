import { Button } from '@mui/material';
import { Pause, Play, Square } from 'lucide-react';
import { useState } from 'react';
import { isClosed, type RunState } from '../../simulation/runStore.ts';
import { useRun } from '../../simulation/useSimulation.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { formatClock } from '../../ui/formats.ts';
import { IconAction } from '../../ui/IconAction.tsx';
import { useNow } from '../../ui/useNow.ts';
import { useRunControl } from './RunControl.ts';

type Phase = 'idle' | 'running' | 'paused';

const selectPhase = ({ simulationId, state }: RunState): Phase => {
  if (simulationId === null || isClosed(state.status)) return 'idle';
  return state.waitingFor?.kind === 'paused' ? 'paused' : 'running';
};

/** Runs; while it runs, pauses; while it is paused, goes on. */
export function RunButton() {
  const phase = useRun(selectPhase);
  const { run, pause, resume, isStarting } = useRunControl();
  if (phase === 'idle') {
    return (
      <Button variant="contained" color="primary" disabled={isStarting} onClick={run} data-testid="run">
        <Play aria-hidden />
        Run
      </Button>
    );
  }
  return (
    <>
      <StopButton />
      {phase === 'paused' ? (
        <Button variant="contained" color="primary" onClick={resume}>
          <Play aria-hidden />
          Go on
        </Button>
      ) : (
        <Button variant="contained" color="primary" onClick={pause} aria-label="Pause">
          <Pause aria-hidden />
          <Elapsed />
        </Button>
      )}
    </>
  );
}

function Elapsed() {
  const startedAt = useRun((state) => state.state.startedAt);
  const now = useNow(true);
  return (
    <span style={{ fontVariantNumeric: 'tabular-nums' }}>
      Running {formatClock(startedAt ? now - Date.parse(startedAt) : 0)}
    </span>
  );
}

function StopButton() {
  const { cancel } = useRunControl();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <IconAction label="Stop" icon={Square} onClick={() => setIsAsking(true)} />
      {isAsking && (
        <ConfirmDialog
          title="Stop for good?"
          text="A stopped simulation cannot go on. To go on later, pause it instead."
          confirm="Stop it"
          onConfirm={cancel}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
