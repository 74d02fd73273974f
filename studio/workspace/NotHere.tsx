import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { NotFoundPage } from '../pages/NotFoundPage.tsx';
import { trpc } from '../trpc.ts';
import { LoadingScreen, Screen } from '../ui/Screen.tsx';
import { enterWorkspace } from './useSwitchWorkspace.ts';

interface NotHereProps {
  readonly kind: 'crew' | 'agent' | 'simulation' | 'knowledge' | 'question';
  readonly id: string;
  /** What is shown when none has it. */
  readonly otherwise?: ReactNode;
}

const WORDS: Readonly<Record<NotHereProps['kind'], string>> = {
  crew: 'This crew',
  agent: 'This agent',
  simulation: 'This simulation',
  knowledge: 'This knowledge',
  question: 'This question',
};

/** For a link to something that this workspace does not have: another of one's own may, and then opens it. */
export function NotHere({ kind, id, otherwise = <NotFoundPage /> }: NotHereProps) {
  const found = useQuery({ ...trpc.workspaces.locate.queryOptions({ kind, id }), retry: false });
  if (found.isPending) return <LoadingScreen title="Looking in your other workspaces" />;
  if (!found.data) return otherwise;
  const { id: workspaceId, name, isPersonal } = found.data;
  return (
    <Screen
      face="Host"
      index={2}
      title={`${WORDS[kind]} is in another workspace`}
      action={
        <Button
          variant="contained"
          color="primary"
          onClick={() => void enterWorkspace(isPersonal ? null : workspaceId)}
        >
          Switch to {name}
        </Button>
      }
    >
      It belongs to “{name}”, which is one of yours.
    </Screen>
  );
}
