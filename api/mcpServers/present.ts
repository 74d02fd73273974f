import type { McpServer } from '../database/models/McpServer.ts';
import { type ServerTool, toolChanges } from '../database/toolServers/ServerTool.ts';
import type { McpServerView } from './schema.ts';

const presentTool = ({ name, tool, title, description, onlyReads }: ServerTool) => ({
  name,
  tool,
  title,
  description,
  changesOutsideWorld: !onlyReads,
});

function stateOf({ hash, seenHash, failure }: McpServer): McpServerView['state'] {
  if (failure !== null) return 'unreachable';
  if (hash === null) return 'unseen';
  return hash === seenHash ? 'ready' : 'changed';
}

/** The only road from a tool server’s row to a client. */
export function presentMcpServer(row: McpServer): McpServerView {
  const state = stateOf(row);
  const { tools, seen } = row;
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    credentialId: row.credentialId,
    state,
    tools: tools.map(presentTool),
    seen: (seen ?? []).map(presentTool),
    seenHash: row.seenHash,
    changes: seen !== null && row.hash !== row.seenHash ? mutable(toolChanges(tools, seen)) : null,
    failure: row.failure,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

const mutable = ({ added, removed, changed }: ReturnType<typeof toolChanges>) => ({
  added: [...added],
  removed: [...removed],
  changed: [...changed],
});
