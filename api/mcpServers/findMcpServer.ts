import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { McpServer } from '../database/models/McpServer.ts';
import { notFound } from '../errors.ts';

/** A tool server of the caller’s workspace. */
export async function findMcpServer({ database, caller }: MemberContext, id: string): Promise<McpServer> {
  const workspaceId = caller.workspace.id;
  const server = await inWorkspace(database, workspaceId, (transaction) =>
    McpServer.findOne({ where: { workspaceId, id }, transaction }),
  );
  if (!server) throw notFound('tool server');
  return server;
}

export async function listMcpServers({ database, caller }: MemberContext): Promise<McpServer[]> {
  const workspaceId = caller.workspace.id;
  return inWorkspace(database, workspaceId, (transaction) =>
    McpServer.findAll({ where: { workspaceId }, order: ['createdAt', 'id'], transaction }),
  );
}
