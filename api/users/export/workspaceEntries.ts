import { Readable } from 'node:stream';
import { QueryTypes } from 'sequelize';
import { presentAgent } from '../../agents/present.ts';
import type { MemberContext } from '../../context.ts';
import { listCredentials } from '../../credentials/listCredentials.ts';
import { presentCrew } from '../../crews/present.ts';
import { inWorkspace } from '../../database/connect.ts';
import { FileGone } from '../../database/fileStore/FileStore.ts';
import { Agent } from '../../database/models/Agent.ts';
import { Crew } from '../../database/models/Crew.ts';
import { KnowledgeBase } from '../../database/models/KnowledgeBase.ts';
import { KnowledgeSource } from '../../database/models/KnowledgeSource.ts';
import { McpServer } from '../../database/models/McpServer.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { StoredFile } from '../../database/models/StoredFile.ts';
import { cleanName } from '../../files/cleanName.ts';
import { exportCrew } from '../../interchange/exportCrew.ts';
import { presentMcpServer } from '../../mcpServers/present.ts';
import { type ArchiveEntry, jsonEntry } from './ArchiveEntry.ts';
import { simulationEntries } from './simulationEntries.ts';

/** Of a personal workspace everything; of a team's, what the caller made. */
export async function workspaceEntries(context: MemberContext, folder: string): Promise<ArchiveEntry[]> {
  const { database, caller } = context;
  const { id: workspaceId, isPersonal } = caller.workspace;
  const where = { workspaceId, ...(!isPersonal && { createdBy: caller.user.id }) };
  const found = await inWorkspace(database, workspaceId, async (transaction) => ({
    crews: await Crew.findAll({
      attributes: ['id'],
      where: { ...where, agentId: null },
      order: [['id', 'ASC']],
      transaction,
    }),
    agents: await Agent.findAll({ where, order: [['id', 'ASC']], transaction }),
    simulations: await Simulation.findAll({ attributes: ['id'], where, order: [['id', 'ASC']], transaction }),
    files: await StoredFile.findAll({ where, order: [['id', 'ASC']], transaction }),
  }));
  return [
    ...found.crews.map(({ id }) => crewEntry(context, folder, id)),
    ...found.agents.map((agent) =>
      jsonEntry(`${folder}/agents/${agent.id}.json`, async () => presentAgent(agent, workspaceId)),
    ),
    ...found.simulations.flatMap(({ id }) => simulationEntries(context, folder, id)),
    ...found.files.map((file) => fileEntry(context, folder, file)),
    jsonEntry(`${folder}/knowledge.json`, () => readKnowledge(context, where)),
    jsonEntry(`${folder}/memories.json`, () => readMemories(context)),
    jsonEntry(`${folder}/tool-servers.json`, () => readToolServers(context, where)),
    jsonEntry(`${folder}/credentials.json`, () => readCredentials(context)),
  ];
}

/** In our own format, which every Troupe imports. */
const crewEntry = (context: MemberContext, folder: string, id: string): ArchiveEntry => {
  const workspaceId = context.caller.workspace.id;
  return {
    path: `${folder}/crews/${id}.troupe.json`,
    async read() {
      const crew = await inWorkspace(context.database, workspaceId, (transaction) =>
        Crew.findOne({ where: { workspaceId, id }, transaction }),
      );
      if (!crew) return Readable.from([]);
      const [text = ''] = Object.values(exportCrew(presentCrew(crew), 'troupe').files);
      return Readable.from([text]);
    },
  };
};

const fileEntry = ({ files }: MemberContext, folder: string, file: StoredFile): ArchiveEntry => ({
  path: `${folder}/files/${file.id}-${cleanName(file.name)}`,
  async read() {
    try {
      return await files.store.read({ workspaceId: file.workspaceId, id: file.id });
    } catch (error) {
      // Deleted since, or still on its way when the list was made.
      if (error instanceof FileGone) return Readable.from([]);
      throw error;
    }
  },
});

type Filter = { readonly workspaceId: string; readonly createdBy?: string };

const readKnowledge = ({ database }: MemberContext, where: Filter) =>
  inWorkspace(database, where.workspaceId, async (transaction) => {
    const bases = await KnowledgeBase.findAll({ where: { ...where }, transaction });
    const sources = await KnowledgeSource.findAll({
      where: { workspaceId: where.workspaceId, baseId: bases.map(({ id }) => id) },
      transaction,
    });
    return bases.map(({ id, name, createdAt }) => ({
      id,
      name,
      createdAt,
      sources: sources
        .filter(({ baseId }) => baseId === id)
        .map((source) => ({
          id: source.id,
          state: source.state,
          fileId: source.fileId,
          createdAt: source.createdAt,
        })),
    }));
  });

/** What crews keep in mind about this person. */
const readMemories = ({ database, caller }: MemberContext): Promise<object[]> =>
  inWorkspace(database, caller.workspace.id, (transaction) =>
    database.query(
      `select crew_id as "crewId", agent, text, created_at as "createdAt" from memories
       where workspace_id = $1 and user_id = $2 order by created_at, id`,
      { bind: [caller.workspace.id, caller.user.id], transaction, type: QueryTypes.SELECT },
    ),
  );

const readToolServers = async ({ database }: MemberContext, where: Filter) => {
  const rows = await inWorkspace(database, where.workspaceId, (transaction) =>
    McpServer.findAll({ where: { ...where }, transaction }),
  );
  return rows.map(presentMcpServer);
};

/** Names and places, as lists of them show them; secrets are written once and read by nobody. */
async function readCredentials(context: MemberContext): Promise<object[]> {
  const all = [];
  let cursor: string | undefined;
  do {
    const page = await listCredentials(context, { cursor, limit: 100 });
    all.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}
