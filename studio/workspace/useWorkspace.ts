import { useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { createContext, useContext } from 'react';
import type { AppRouter } from '#api/router.ts';
import { trpc } from '../trpc.ts';

export type OwnWorkspace = inferRouterOutputs<AppRouter>['workspaces']['list']['items'][number];
export type Role = OwnWorkspace['role'];
type Action = OwnWorkspace['allows'][number];

// Somebody may be made something else while they look; whatever is refused asks again at once.
const ROLE_POLL_MS = 30_000;

/** All workspaces of whoever is signed in. */
export const useWorkspaces = ({ isEnabled = true } = {}) =>
  useQuery({
    ...trpc.workspaces.list.queryOptions(),
    enabled: isEnabled,
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ isPersonal }) => !isPersonal) ? ROLE_POLL_MS : false,
  });

export const WorkspaceContext = createContext<OwnWorkspace | null>(null);

/** The workspace that the pages show. */
export function useWorkspace(): OwnWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('There is no workspace around this component');
  return workspace;
}

/** Does one's role allow that here? What it does not is not offered. */
export const useMay = (action: Action): boolean => useWorkspace().allows.includes(action);

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  editor: 'Editor',
  runner: 'Runner',
  viewer: 'Viewer',
};

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: 'Decides who belongs here, and everything else',
  editor: 'Makes and changes crews, agents, knowledge and keys',
  runner: 'Runs crews and answers what they ask',
  viewer: 'Looks at everything',
};
