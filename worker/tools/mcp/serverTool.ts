import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import type { LedgerTransaction } from '#api/database/Ledger.ts';
import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import { asPlanTool, type ServerTool } from '#api/database/toolServers/ServerTool.ts';
import { findServerOfTool, type ServerRow } from '#api/database/toolServers/serverRows.ts';
import { isServerToolName } from '#workflows/catalogue/tools.ts';
import { blockedBy } from '../egress/EgressBlocked.ts';
import type { Tool, ToolAnswer, ToolContext } from '../Tool.ts';
import { resultAnswer } from './resultText.ts';
import { serverFailure } from './serverFailure.ts';
import type { ToolServers } from './ToolServers.ts';

const CALL_MS = 60_000;
/** Connecting, listing and calling together. */
const TIME_LIMIT_MS = 90_000;

const Arguments = z.record(z.string(), z.unknown());

/** The tool of a tool server that models call by this name; undefined when the workspace has agreed to none. */
export async function findServerTool(
  transaction: LedgerTransaction,
  { servers, name }: { readonly servers: ToolServers; readonly name: string },
): Promise<Tool | undefined> {
  if (!isServerToolName(name)) return undefined;
  const server = await findServerOfTool(transaction, name);
  const tool = server?.tools.find((each) => each.name === name);
  return server && tool ? asTool(servers, { server, tool }) : undefined;
}

interface Offered {
  readonly server: ServerRow;
  readonly tool: ServerTool;
}

export const asTool = (servers: ToolServers, offered: Offered): Tool => ({
  declaration: asPlanTool(offered.tool),
  timeLimitMs: TIME_LIMIT_MS,
  run: (args, context) => call(servers, { ...offered, args: Arguments.parse(args), context }),
});

interface Call extends Offered {
  readonly args: Record<string, unknown>;
  readonly context: ToolContext;
}

/** What the server did wrong is told to the model; what people have to decide fails the step. */
async function call(servers: ToolServers, { server, tool, args, context }: Call): Promise<ToolAnswer> {
  try {
    const client = await servers.clientFor(server, context);
    const result = await client.callTool({ name: tool.tool, arguments: args }, undefined, {
      timeout: CALL_MS,
      signal: context.signal,
    });
    return resultAnswer(result);
  } catch (error) {
    if (error instanceof ApplicationFailure || error instanceof CredentialRefused || context.signal.aborted)
      throw error;
    const blocked = blockedBy(error);
    if (blocked) throw blocked;
    return { ok: false, text: serverFailure(error).message };
  }
}
