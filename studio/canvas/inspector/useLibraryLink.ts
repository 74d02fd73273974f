import { useMutation } from '@tanstack/react-query';
import { replaceAgent, updateNode } from '#workflows/graph/edit.ts';
import { type KeptAgent, toLibraryAgent } from '#workflows/graph/libraryAgent.ts';
import type { AgentData } from '#workflows/graph/nodes/agent.ts';
import type { AgentNode } from '#workflows/graph/schema.ts';
import { inputsOfAgent } from '#workflows/graph/soloGraph.ts';
import { problemOf } from '../../problem.ts';
import { queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';
import { useCanvasStore } from '../CanvasContext.ts';
import { agentPatchOf } from './agentPatchOf.ts';

/** What can go to and fro between an agent on the stage and the library. Each is one entry of the history. */
export function useLibraryLink({ id, data }: AgentNode) {
  const store = useCanvasStore();
  const onError = (error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' });
  const onSuccess = (said: string) => async (kept: KeptAgent) => {
    const link = { libraryId: kept.id, libraryVersion: kept.version };
    store.getState().edit((graph) => updateNode(graph, { id, kind: 'agent', data: link }));
    toast({ text: said });
    await queryClient.invalidateQueries({ queryKey: trpc.agents.pathKey() });
  };
  const create = useMutation(
    trpc.agents.create.mutationOptions({ onError, onSuccess: onSuccess('It is in the library now.') }),
  );
  const save = useMutation(
    trpc.agents.save.mutationOptions({ onError, onSuccess: onSuccess('The library has your changes.') }),
  );
  return {
    keep: () => create.mutate({ ...toLibraryAgent(data), inputs: declared({}, data) }),
    take: (agent: AgentData) => store.getState().edit((graph) => replaceAgent(graph, id, agent)),
    push: (kept: KeptAgent & { readonly inputs: Readonly<Record<string, string>> }) =>
      save.mutate({
        ...agentPatchOf({ ...toLibraryAgent(data), name: kept.name }),
        id: kept.id,
        version: kept.version,
        inputs: declared(kept.inputs, data),
      }),
    isPending: create.isPending || save.isPending,
  };
}

/** In a crew whatever the texts ask for is asked for, so that is what the library is told. */
const declared = (known: Readonly<Record<string, string>>, agent: AgentData): Record<string, string> =>
  Object.fromEntries(inputsOfAgent(agent).map((name) => [name, known[name] ?? '']));
