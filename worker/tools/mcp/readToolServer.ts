import type { Ledger } from '#api/database/Ledger.ts';
import { CredentialRefused } from '#api/database/secrets/CredentialRefused.ts';
import {
  findServer,
  keepSeen,
  keepUnreachable,
  type ServerRow,
} from '#api/database/toolServers/serverRows.ts';
import type { CheckToolServerInput, ToolServerActivities } from '#workflows/checkToolServer.ts';
import type { CredentialSource } from '../../credentials/CredentialSource.ts';
import { redact } from '../../credentials/redact.ts';
import type { Egress } from '../egress/createEgress.ts';
import { connectServer } from './connectServer.ts';
import { type ListedTools, listTools } from './listTools.ts';
import { serverFailure } from './serverFailure.ts';
import { headerOf } from './ToolServers.ts';

export interface ToolServerDependencies {
  readonly ledger: Ledger;
  readonly egress: Egress;
  readonly credentials: CredentialSource;
}

const PATIENCE_MS = 45_000;

/** Looks at a tool server for people who set it up. What goes wrong out there is kept, not thrown. */
export function createToolServerActivities(dependencies: ToolServerDependencies): ToolServerActivities {
  const { ledger } = dependencies;
  return {
    async readToolServer(input) {
      const { workspaceId, serverId: id } = input;
      const server = await ledger.inWorkspace(workspaceId, (transaction) => findServer(transaction, id));
      if (!server) return;
      const found = await look(dependencies, server, input).catch(failureOf);
      await ledger.inWorkspace(workspaceId, (transaction) =>
        'tools' in found
          ? keepSeen(transaction, { id, ...found })
          : keepUnreachable(transaction, { id, failure: found }),
      );
    },
  };
}

const failureOf = (error: unknown) =>
  error instanceof CredentialRefused ? { code: error.code, message: error.message } : serverFailure(error);

async function look(
  { egress, credentials }: ToolServerDependencies,
  { url, slug, credentialId }: ServerRow,
  { workspaceId, userId }: CheckToolServerInput,
): Promise<ListedTools> {
  const { origin } = new URL(url);
  const secret =
    credentialId === null
      ? null
      : await credentials.reveal({ workspaceId, credentialId, origin, setUpBy: userId });
  const headers = secret ? headerOf(secret) : {};
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const client = await connectServer({ url, headers, fetch: egress.fetch, signal });
  try {
    // Servers that repeat what they are sent would have it shown with their tools.
    return redact(await listTools(client, slug, signal), secret ? [secret] : []);
  } finally {
    await client.close();
  }
}
