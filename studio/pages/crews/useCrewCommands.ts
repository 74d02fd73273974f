import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { CrewGraphInput } from '#workflows/graph/schema.ts';
import { problemOf } from '../../problem.ts';
import { queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';

const blankStage: CrewGraphInput = { process: 'sequential', nodes: [], edges: [] };

const showProblem = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });
const readListAgain = () => queryClient.invalidateQueries({ queryKey: trpc.crews.list.pathKey() });
const said = (text: string) => async () => {
  toast({ text });
  await readListAgain();
};

/** What can be done with crews from their list. */
export function useCrewCommands() {
  const onError = showProblem;
  return {
    rename: useMutation(trpc.crews.save.mutationOptions({ onError, onSuccess: said('Renamed.') })),
    duplicate: useMutation(trpc.crews.duplicate.mutationOptions({ onError, onSuccess: said('Duplicated.') })),
    remove: useMutation(trpc.crews.delete.mutationOptions({ onError, onSuccess: said('Deleted.') })),
  };
}

/** Makes a crew and goes to its stage. */
export function useNewCrew() {
  const navigate = useNavigate();
  const onSuccess = async (crew: { readonly id: string }) => {
    await readListAgain();
    await navigate(`/crews/${crew.id}/edit`);
  };
  const create = useMutation(trpc.crews.create.mutationOptions({ onError: showProblem, onSuccess }));
  const fromSample = useMutation(
    trpc.crews.createFromSample.mutationOptions({ onError: showProblem, onSuccess }),
  );
  return {
    blank: () => create.mutate({ name: 'Untitled crew', graph: blankStage }),
    sample: (key: string) => fromSample.mutate({ key }),
    isPending: create.isPending || fromSample.isPending,
  };
}
