import { z } from 'zod';
import { audit } from '../audit/audit.ts';
import { inWorkspace } from '../database/connect.ts';
import { McpServer } from '../database/models/McpServer.ts';
import { readId } from '../readId.ts';
import { allowing, memberProcedure, router } from '../trpc.ts';
import { checkMcpServer } from './checkMcpServer.ts';
import { confirmMcpServer } from './confirmMcpServer.ts';
import { createMcpServer } from './createMcpServer.ts';
import { findMcpServer, listMcpServers } from './findMcpServer.ts';
import { presentMcpServer } from './present.ts';
import { ConfirmMcpServer, CreateMcpServer, McpServerId, McpServerList, McpServerView } from './schema.ts';

const tags = ['Tool servers'];

/** About one tool server of the caller’s workspace, which is loaded first: 404 comes before 400. */
const editedServer = memberProcedure
  .use(async ({ ctx, getRawInput, next }) => {
    await findMcpServer(ctx, readId(await getRawInput(), 'tool server'));
    return next();
  })
  .use(allowing('edit'));

export const mcpServersRouter = router({
  list: memberProcedure
    .meta({
      openapi: { method: 'GET', path: '/mcp-servers', tags, summary: 'List tool servers and their tools' },
    })
    .output(McpServerList)
    .query(async ({ ctx }) => ({
      items: (await listMcpServers(ctx)).map(presentMcpServer),
      nextCursor: null,
    })),

  create: memberProcedure
    .use(allowing('edit'))
    .meta({
      openapi: {
        method: 'POST',
        path: '/mcp-servers',
        tags,
        summary: 'Add a tool server and look at its tools',
      },
      rest: { status: 201 },
    })
    .input(CreateMcpServer)
    .output(McpServerView)
    .mutation(({ ctx, input }) => createMcpServer(ctx, input)),

  refresh: editedServer
    .meta({
      openapi: {
        method: 'POST',
        path: '/mcp-servers/{id}/refresh',
        tags,
        summary: 'Look at a tool server again; what changed there counts once it is confirmed',
      },
    })
    .input(McpServerId)
    .output(McpServerView)
    .mutation(({ ctx, input }) => checkMcpServer(ctx, input.id)),

  confirm: editedServer
    .meta({
      openapi: {
        method: 'POST',
        path: '/mcp-servers/{id}/confirm',
        tags,
        summary: 'Agree to the tools that were seen',
      },
    })
    .input(ConfirmMcpServer)
    .output(McpServerView)
    .mutation(({ ctx, input }) => confirmMcpServer(ctx, input)),

  delete: editedServer
    .meta({
      openapi: { method: 'DELETE', path: '/mcp-servers/{id}', tags, summary: 'Remove a tool server' },
      rest: { status: 204 },
    })
    .input(McpServerId)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const workspaceId = ctx.caller.workspace.id;
      await inWorkspace(ctx.database, workspaceId, async (transaction) => {
        await McpServer.destroy({ where: { workspaceId, id: input.id }, transaction });
        const object = { kind: 'toolServer', id: input.id };
        await audit(ctx, 'mcpServers.delete', { object, transaction });
      });
    }),
});
