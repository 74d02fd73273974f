import { QueryTypes } from 'sequelize';
import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { inWorkspace } from '../database/connect.ts';
import { AppError } from '../errors.ts';
import { findMcpServer } from './findMcpServer.ts';
import { presentMcpServer } from './present.ts';
import type { ConfirmMcpServer, McpServerView } from './schema.ts';

/** Agrees to the tools that were seen: those that the caller looked at, and no others. */
export async function confirmMcpServer(
  context: MemberContext,
  { id, hash }: ConfirmMcpServer,
): Promise<McpServerView> {
  const { database, caller } = context;
  const rows = await inWorkspace(database, caller.workspace.id, async (transaction) => {
    const confirmed = await database.query<{ id: string }>(
      `update mcp_servers set tools = seen, hash = seen_hash, updated_at = now()
       where id = $1 and seen_hash = $2 and seen is not null returning id`,
      { bind: [id, hash], transaction, type: QueryTypes.SELECT },
    );
    const object = { kind: 'toolServer', id };
    if (confirmed.length > 0)
      await audit(context, 'mcpServers.confirm', { object, details: { hash }, transaction });
    return confirmed;
  });
  if (rows.length === 0)
    throw new AppError('mcp.otherTools', 'The tool server has other tools by now. Look at them first.');
  return presentMcpServer(await findMcpServer(context, id));
}
