import { Button } from '@mui/material';
import type { ReactNode } from 'react';
import { FailedScreen, LoadingScreen, Screen } from '../ui/Screen.tsx';
import { useChosenWorkspace } from './chosenWorkspace.ts';
import { useSwitchWorkspace } from './useSwitchWorkspace.ts';
import { useWorkspaces, WorkspaceContext } from './useWorkspace.ts';

/** Shows the pages of the workspace that was chosen, as long as one belongs to it; another's pages are all new. */
export function WorkspaceGate({ children }: { readonly children: ReactNode }) {
  const workspaces = useWorkspaces();
  const chosen = useChosenWorkspace();
  if (workspaces.isPending) return <LoadingScreen title="Opening the house" />;
  if (!workspaces.data)
    return (
      <FailedScreen
        title="The house is closed for a moment"
        error={workspaces.error}
        onRetry={() => workspaces.refetch()}
      />
    );
  const current = workspaces.data.items.find(({ id, isPersonal }) =>
    chosen === null ? isPersonal : id === chosen,
  );
  if (!current) return <NotHereAnyMore />;
  return (
    <WorkspaceContext key={current.id} value={current}>
      {children}
    </WorkspaceContext>
  );
}

function NotHereAnyMore() {
  const switchTo = useSwitchWorkspace();
  return (
    <Screen
      face="Banker"
      index={4}
      title="You do not belong to this workspace any more"
      role="alert"
      action={
        <Button variant="contained" color="primary" onClick={() => void switchTo(null)}>
          To your own workspace
        </Button>
      }
    >
      Somebody took you out of it, or it was deleted. What you have in other workspaces is all there.
    </Screen>
  );
}
