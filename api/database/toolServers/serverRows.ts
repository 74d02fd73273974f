import { z } from 'zod';
import { type AnyTransaction, type PreparedStatement, runPrepared } from '../prepared.ts';
import { ServerTool } from './ServerTool.ts';

/** A tool server, with the tools that people agreed to. */
export interface ServerRow {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly url: string;
  readonly credentialId: string | null;
  readonly createdBy: string | null;
  readonly tools: readonly ServerTool[];
  /** Of the tools; null until they were seen for the first time. */
  readonly hash: string | null;
}

const Tools = z.array(ServerTool);
const read = (row: ServerRow): ServerRow => ({ ...row, tools: Tools.parse(row.tools) });

export async function findServer(transaction: AnyTransaction, id: string): Promise<ServerRow | null> {
  const [row] = await runPrepared<ServerRow>(transaction, BY_ID, [id]);
  return row ? read(row) : null;
}

/** The server that has a tool of this name, as models call it. */
export async function findServerOfTool(transaction: AnyTransaction, name: string): Promise<ServerRow | null> {
  const [row] = await runPrepared<ServerRow>(transaction, BY_TOOL, [JSON.stringify([{ name }])]);
  return row ? read(row) : null;
}

/** All tools that a workspace’s servers offer. */
export async function listServerTools(transaction: AnyTransaction): Promise<readonly ServerTool[]> {
  const rows = await runPrepared<ServerRow>(transaction, ALL, []);
  return rows.flatMap((row) => read(row).tools);
}

export interface SeenTools {
  readonly id: string;
  readonly tools: readonly ServerTool[];
  readonly hash: string;
}

/** What was found at a server. The first time it is agreed to as well: whoever adds a server wants its tools. */
export async function keepSeen(transaction: AnyTransaction, { id, tools, hash }: SeenTools): Promise<void> {
  await runPrepared(transaction, SEEN, [id, JSON.stringify(tools), hash]);
}

export async function keepUnreachable(
  transaction: AnyTransaction,
  {
    id,
    failure,
  }: { readonly id: string; readonly failure: { readonly code: string; readonly message: string } },
): Promise<void> {
  await runPrepared(transaction, FAILED, [id, JSON.stringify(failure)]);
}

const COLUMNS = `id, name, slug, url, credential_id as "credentialId", created_by as "createdBy", tools, hash`;

const BY_ID: PreparedStatement = {
  name: 'mcpServers.find',
  text: `select ${COLUMNS} from mcp_servers where id = $1`,
};

const BY_TOOL: PreparedStatement = {
  name: 'mcpServers.findByTool',
  text: `select ${COLUMNS} from mcp_servers where tools @> $1::jsonb order by created_at limit 1`,
};

const ALL: PreparedStatement = {
  name: 'mcpServers.all',
  text: `select ${COLUMNS} from mcp_servers order by created_at`,
};

const SEEN: PreparedStatement = {
  name: 'mcpServers.seen',
  text: `
update mcp_servers set seen = $2::jsonb, seen_hash = $3, checked_at = now(), failure = null,
  tools = case when hash is null then $2::jsonb else tools end, hash = coalesce(hash, $3), updated_at = now()
where id = $1`,
};

const FAILED: PreparedStatement = {
  name: 'mcpServers.failed',
  text: `update mcp_servers set checked_at = now(), failure = $2::jsonb, updated_at = now() where id = $1`,
};
