import { copyFromLibrary } from '#workflows/graph/libraryAgent.ts';
import { problemOf } from '../../problem.ts';
import { queryClient, trpc } from '../../trpc.ts';
import { toast } from '../../ui/toasts.ts';
import { focusNode } from '../gestures/focusNode.ts';
import type { CanvasStore } from '../store/canvasStore.ts';
import { addNode, type Where } from './addNode.ts';

/** Puts a copy of an agent of the library on the stage, as it is there now. */
export function placeFromLibrary(store: CanvasStore, agentId: string, where: Where): void {
  queryClient
    .fetchQuery({ ...trpc.agents.get.queryOptions({ id: agentId }), staleTime: 0 })
    .then((agent) => {
      const id = addNode(store, 'agent', { ...where, agent: copyFromLibrary(agent) });
      if (id) focusNode(id);
    })
    .catch((error: unknown) => toast({ text: problemOf(error).message, tone: 'fail' }));
}
