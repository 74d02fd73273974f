import { useQuery } from '@tanstack/react-query';
import { trpc } from '../../trpc.ts';

/** What the picker shows of a tool. */
export interface OfferedTool {
  readonly name: string;
  readonly title: string;
  readonly summary?: string;
  readonly description: string;
}

const NONE: readonly OfferedTool[] = [];

/** Tools of the workspace's tool servers. None while they are being read, and none when they cannot be. */
export function useServerTools(): readonly OfferedTool[] {
  const { data } = useQuery(trpc.mcpServers.list.queryOptions(undefined, { staleTime: 60_000 }));
  if (!data) return NONE;
  return data.items.flatMap((server) =>
    server.tools.map(({ name, title, description }) => ({
      name,
      title: `${server.name}: ${title}`,
      description,
    })),
  );
}
