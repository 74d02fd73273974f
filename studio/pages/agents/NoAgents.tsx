import { Button } from '@mui/material';
import { Screen } from '../../ui/Screen.tsx';
import { May } from '../../workspace/May.tsx';
import { useNewAgent } from './useAgentCommands.ts';

/** Nothing found is not the same as nobody there. */
export function NoAgents({ search }: { readonly search: string }) {
  const { create, isPending } = useNewAgent();
  if (search !== '') {
    return (
      <Screen face="Scout" index={3} title={`Nobody here is called “${search}”`}>
        Try fewer letters, or a word from what they are.
      </Screen>
    );
  }
  return (
    <Screen
      face="Editor"
      index={5}
      title="Nobody is waiting in the wings"
      action={
        <May action="edit">
          <Button variant="contained" color="primary" size="large" disabled={isPending} onClick={create}>
            Write the first agent
          </Button>
        </May>
      }
    >
      Agents in the library can be tried alone and placed into any crew. Agents of your crews can be saved
      here from their inspector.
    </Screen>
  );
}
