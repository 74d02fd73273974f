import type { inferRouterInputs } from '@trpc/server';
import type { AppRouter } from '#api/router.ts';
import { LibraryAgent } from '#workflows/graph/libraryAgent.ts';

type AgentPatch = Omit<
  inferRouterInputs<AppRouter>['agents']['save'],
  'id' | 'version' | 'inputs' | 'visibility'
>;

/** The whole agent as a change: a setting that is not there any more is taken away by null. */
export const agentPatchOf = (agent: LibraryAgent): AgentPatch => {
  const fields = new Map(Object.entries(agent));
  return Object.fromEntries(
    Object.keys(LibraryAgent.shape).map((name) => [name, fields.get(name) ?? null]),
  ) as AgentPatch;
};
