import { createHash } from 'node:crypto';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { ServerTool } from '#api/database/toolServers/ServerTool.ts';
import { canonicalJson } from '#workflows/graph/canonicalJson.ts';
import { offeredName } from './offeredName.ts';

const MOST_TOOLS = 100;
const MOST_PAGES = 20;
const LIST_MS = 20_000;
const TITLE = 120;
const DESCRIPTION = 4_000;
/** Of one schema, and of all that a server says of its tools: a model has to read it. */
const MOST_SCHEMA = 20_000;
const MOST_TOGETHER = 200_000;

export interface ListedTools {
  readonly tools: readonly ServerTool[];
  readonly hash: string;
}

type RawTool = Awaited<ReturnType<Client['listTools']>>['tools'][number];

/** What a server offers, as people agree to it: the first hundred tools whose words fit. */
export async function listTools(client: Client, slug: string, signal: AbortSignal): Promise<ListedTools> {
  const raw = await listAll(client, signal);
  let left = MOST_TOGETHER;
  const tools = raw.slice(0, MOST_TOOLS).flatMap((each): ServerTool[] => {
    const tool = readTool(each, slug);
    const size = JSON.stringify(tool).length;
    if (JSON.stringify(tool.parameters).length > MOST_SCHEMA || size > left) return [];
    left -= size;
    return [tool];
  });
  const unique = [...new Map(tools.map((tool) => [tool.name, tool])).values()];
  return { tools: unique, hash: hashOf(unique.map(({ hash }) => hash).toSorted()) };
}

async function listAll(client: Client, signal: AbortSignal): Promise<readonly RawTool[]> {
  const all: RawTool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES && all.length < MOST_TOOLS; page += 1) {
    const { tools, nextCursor } = await client.listTools(cursor === undefined ? {} : { cursor }, {
      timeout: LIST_MS,
      signal,
    });
    all.push(...tools);
    if (nextCursor === undefined) break;
    cursor = nextCursor;
  }
  return all;
}

function readTool({ name, title, description, inputSchema, annotations }: RawTool, slug: string): ServerTool {
  const seen = {
    tool: name.slice(0, 200),
    title: (title || annotations?.title || name).slice(0, TITLE),
    description: (description ?? '').slice(0, DESCRIPTION),
    parameters: inputSchema,
    // What it does not say is taken for the worse.
    onlyReads: annotations?.readOnlyHint === true,
  };
  return { name: offeredName(slug, name), ...seen, hash: hashOf(seen) };
}

const hashOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('base64url');
