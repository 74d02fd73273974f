import { createContext, useContext } from 'react';
import type { CrewGraph } from '#workflows/graph/schema.ts';

/** Whether people are told when a tool of this node says that it failed. */
export type IsTold = (nodeId: string) => boolean;

export const ToldFailures = createContext<IsTold>(() => true);

export const useToldFailures = (): IsTold => useContext(ToldFailures);

/** By the policy of the task, else of its agent, else of the crew; of nodes that are in another crew always. */
export function toldFailuresOf({ nodes, edges, settings }: CrewGraph): IsTold {
  const policyOf = (id: string) => {
    const node = nodes.find((each) => each.id === id);
    return node?.kind === 'task' || node?.kind === 'agent' ? node.data.toolFailurePolicy : undefined;
  };
  const quiet = new Set(
    nodes.flatMap(({ id }) => {
      const doer = edges.find(({ kind, to }) => kind === 'assigned' && to === id)?.from;
      const policy =
        policyOf(id) ?? (doer === undefined ? undefined : policyOf(doer)) ?? settings?.toolFailurePolicy;
      return policy === 'ignore' ? [id] : [];
    }),
  );
  return (nodeId) => !quiet.has(nodeId);
}
