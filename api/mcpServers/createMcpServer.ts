import { randomUUIDv7 } from 'node:crypto';
import type { Transaction } from 'sequelize';
import { originOf } from '#workflows/catalogue/credentials.ts';
import { audit } from '../audit/audit.ts';
import type { MemberContext } from '../context.ts';
import { lookUpCredential } from '../credentials/findCredential.ts';
import { inWorkspace } from '../database/connect.ts';
import { McpServer } from '../database/models/McpServer.ts';
import { storableJson } from '../database/storableJson.ts';
import { noteDestination } from '../destinations/noteDestinations.ts';
import { AppError, invalid } from '../errors.ts';
import { refuseWhileStopped } from '../workspaces/stops/readStop.ts';
import { checkMcpServer } from './checkMcpServer.ts';
import type { CreateMcpServer, McpServerView } from './schema.ts';
import { slugOf } from './slugOf.ts';

const MOST_SERVERS = 50;

/** Remembers a tool server and has it looked at: the tools found there count as agreed to by whoever adds it. */
export async function createMcpServer(
  context: MemberContext,
  input: CreateMcpServer,
): Promise<McpServerView> {
  const { database, caller } = context;
  const { name, url: given, credentialId } = storableJson(input);
  const workspaceId = caller.workspace.id;
  const { url, origin } = readUrl(given);
  const id = randomUUIDv7();
  await inWorkspace(database, workspaceId, async (transaction) => {
    await refuseWhileStopped(database, transaction, workspaceId);
    if (credentialId !== null) await checkCredential(context, { credentialId, origin }, transaction);
    const others = await McpServer.findAll({ where: { workspaceId }, attributes: ['slug'], transaction });
    if (others.length >= MOST_SERVERS)
      throw new AppError('mcp.full', `A workspace has at most ${MOST_SERVERS} tool servers.`);
    const slug = slugOf(name, new Set(others.map((other) => other.slug)));
    const createdBy = caller.user.id;
    await McpServer.create({ id, workspaceId, name, slug, url, credentialId, createdBy }, { transaction });
    const change = { kind: 'toolServer', name, former: [], origins: [origin] } as const;
    await noteDestination(context, change, transaction);
    const object = { kind: 'toolServer', id };
    const details = { host: new URL(url).host, hasCredential: credentialId !== null };
    await audit(context, 'mcpServers.create', { object, details, transaction });
  });
  return checkMcpServer(context, id);
}

/** Read once, as it will be dialed. Whether the address may be reached is for the door to say. */
function readUrl(given: string): { url: string; origin: string } {
  const origin = originOf(given);
  if (origin === undefined)
    throw invalid('url', 'This is no http or https address without a password in it.');
  return { url: new URL(given).href, origin };
}

async function checkCredential(
  context: MemberContext,
  { credentialId, origin }: { credentialId: string; origin: string },
  transaction: Transaction,
): Promise<void> {
  const { provider, origins } = await lookUpCredential(context, { id: credentialId }, transaction);
  if (provider !== 'mcp' && provider !== 'http')
    throw invalid('credentialId', 'This credential is not for tool servers.');
  if (!origins.includes(origin))
    throw invalid('credentialId', 'This credential was not saved for the address of the tool server.');
}
