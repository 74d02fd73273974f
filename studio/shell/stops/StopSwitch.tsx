import { Button } from '@mui/material';
import { OctagonPause, Play } from 'lucide-react';
import { useState } from 'react';
import { StopDialog } from './StopDialog.tsx';
import { useStop, useStopCommands } from './useStop.ts';

/** Stops the workspace, or lets it go on. What an administrator stopped is not an owner's to allow. */
export function StopSwitch() {
  const [isAsking, setIsAsking] = useState(false);
  const stop = useStop();
  const commands = useStopCommands();
  if (stop === undefined || stop?.by === 'admin') return null;
  if (stop)
    return (
      <Button
        variant="contained"
        color="primary"
        disabled={commands.allow.isPending}
        onClick={() => commands.allow.mutate(undefined)}
      >
        <Play aria-hidden />
        Let the workspace go on
      </Button>
    );
  return (
    <>
      <Button variant="outlined" disabled={commands.stop.isPending} onClick={() => setIsAsking(true)}>
        <OctagonPause aria-hidden />
        Stop the workspace
      </Button>
      {isAsking && (
        <StopDialog
          workspace="this workspace"
          onStop={(reason) => commands.stop.mutate({ reason })}
          onClose={() => setIsAsking(false)}
        />
      )}
    </>
  );
}
