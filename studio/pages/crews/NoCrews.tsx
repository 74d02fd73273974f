import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';
import { Screen } from '../../ui/Screen.tsx';
import { useMay } from '../../workspace/useWorkspace.ts';
import { useNewCrew } from './useCrewCommands.ts';

interface NoCrewsProps {
  readonly search: string;
  readonly onImport: () => void;
}

/** Nothing found is not the same as nothing there. */
export function NoCrews({ search, onImport }: NoCrewsProps) {
  const { blank, sample, isPending } = useNewCrew();
  const samples = useQuery(trpc.crews.samples.queryOptions());
  const first = samples.data?.items[0];
  const mayEdit = useMay('edit');
  if (search !== '') {
    return (
      <Screen face="Scout" index={3} title={`No crew is called “${search}”`}>
        Try fewer letters, or another word from its name.
      </Screen>
    );
  }
  if (!mayEdit) {
    return (
      <Screen face="Writer" title="The stage is empty">
        Nobody has drawn a crew here yet. You will find it here when somebody does.
      </Screen>
    );
  }
  return (
    <Screen
      face="Writer"
      title="The stage is empty"
      action={
        <Button
          variant="contained"
          color="primary"
          size="large"
          disabled={isPending}
          onClick={() => (first ? sample(first.key) : blank())}
        >
          {first ? `Start with “${first.name}”` : 'Draw a crew'}
        </Button>
      }
    >
      A crew is a cast of agents and what they are to do. Start from a sample, or{' '}
      <Button size="small" variant="text" color="primary" onClick={onImport}>
        import a CrewAI project
      </Button>
    </Screen>
  );
}
