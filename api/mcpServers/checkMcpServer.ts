import type { MemberContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { EngineUnavailable } from '../simulations/Engine.ts';
import { requireNotStopped } from '../workspaces/stops/readStop.ts';
import { findMcpServer } from './findMcpServer.ts';
import { presentMcpServer } from './present.ts';
import type { McpServerView } from './schema.ts';

/** Has a tool server looked at, through the worker’s door, and says what became of it. */
export async function checkMcpServer(context: MemberContext, serverId: string): Promise<McpServerView> {
  const { engine, caller, database } = context;
  await requireNotStopped(database, caller.workspace.id);
  try {
    await engine.checkToolServer({ workspaceId: caller.workspace.id, serverId, userId: caller.user.id });
  } catch (error) {
    if (!(error instanceof EngineUnavailable)) throw error;
    throw new AppError(
      'engine.unavailable',
      'The engine does not answer. Look at the tool server again later.',
    );
  }
  return presentMcpServer(await findMcpServer(context, serverId));
}
