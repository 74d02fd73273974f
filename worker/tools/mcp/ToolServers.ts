import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { ApplicationFailure } from '@temporalio/common';
import { LRUCache } from 'lru-cache';
import { toolChanges } from '#api/database/toolServers/ServerTool.ts';
import type { ServerRow } from '#api/database/toolServers/serverRows.ts';
import type { ToolContext } from '../Tool.ts';
import { connectServer } from './connectServer.ts';
import { listTools } from './listTools.ts';

/** Simulations come and go; a server is not kept waiting for one that does nothing. */
const IDLE_MS = 60_000;
const MOST_SESSIONS = 200;

/**
 * Connections to tool servers: one client on one transport for each simulation and server, opened when a tool is first
 * called, checked against what people agreed to, and closed when nobody calls for a while.
 */
export class ToolServers {
  readonly #sessions = new LRUCache<string, Promise<Client>>({
    max: MOST_SESSIONS,
    ttl: IDLE_MS,
    updateAgeOnGet: true,
    ttlAutopurge: true,
    dispose: (session) => {
      session.then((client) => client.close()).catch(() => undefined);
    },
  });

  /**
   * Gives a client whose server offers what was agreed to. Throws `mcp.toolsChanged` when it does not: the step fails,
   * and the simulation goes on from there once somebody agreed and retried it.
   */
  async clientFor(server: ServerRow, context: ToolContext): Promise<Client> {
    const { workspaceId, simulationId } = context;
    // What is agreed to is part of the name: after a change it is looked at again.
    const key = [workspaceId, simulationId, server.id, server.hash, server.url, server.credentialId].join(
      '/',
    );
    const known = this.#sessions.get(key);
    if (known) return known;
    const opening = open(server, context);
    this.#sessions.set(key, opening);
    opening.catch(() => this.#sessions.delete(key));
    return opening;
  }

  close(): void {
    this.#sessions.clear();
  }
}

async function open(server: ServerRow, context: ToolContext): Promise<Client> {
  const { egress, credentials, signal } = context;
  const origin = new URL(server.url).origin;
  const headers =
    server.credentialId === null ? {} : headerOf(await credentials.reveal(server.credentialId, origin));
  const client = await connectServer({ url: server.url, headers, fetch: egress.fetch, signal });
  try {
    const { tools } = await listTools(client, server.slug, signal);
    const { removed, changed } = toolChanges(server.tools, tools);
    // A tool that is new there is offered to nobody until it was agreed to.
    if (removed.length + changed.length > 0) throw toolsChanged(server, [...removed, ...changed]);
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}

export const headerOf = ({ header, prefix, value }: Record<'header' | 'prefix' | 'value', string>) => ({
  [header]: `${prefix}${value}`,
});

const toolsChanged = ({ name }: ServerRow, tools: readonly string[]): ApplicationFailure =>
  ApplicationFailure.nonRetryable(
    `Tools of “${name}” are not what was agreed to any more (${tools.slice(0, 5).join(', ')}). ` +
      'Look at them under Tool servers, agree or remove them, and retry.',
    'mcp.toolsChanged',
  );
