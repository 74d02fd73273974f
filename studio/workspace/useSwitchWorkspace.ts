import { hashKey } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { queryClient, trpc } from '../trpc.ts';
import { rememberWorkspace } from './chosenWorkspace.ts';

/** Nothing that was read in one workspace may be shown in another. */
export async function enterWorkspace(id: string | null): Promise<void> {
  const kept = [trpc.users.me.queryKey(), trpc.workspaces.list.queryKey()].map((key) => hashKey(key));
  await queryClient.cancelQueries();
  rememberWorkspace(id);
  queryClient.removeQueries({ predicate: ({ queryKey }) => !kept.includes(hashKey(queryKey)) });
  await queryClient.invalidateQueries({ queryKey: trpc.workspaces.list.queryKey() });
}

/** Goes to another workspace of one's own, to its crews or to a page of it. */
export function useSwitchWorkspace() {
  const navigate = useNavigate();
  return async (id: string | null, to = '/crews'): Promise<void> => {
    await enterWorkspace(id);
    await navigate(to);
  };
}
