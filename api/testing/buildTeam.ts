import { randomUUIDv7 } from 'node:crypto';
import { createTroupeClient, type TroupeClient } from '../client/createTroupeClient.ts';
import { inWorkspace } from '../database/connect.ts';
import { Workspace } from '../database/models/Workspace.ts';
import type { AccountView } from '../users/schema.ts';
import { ROLES, type Role } from '../workspaces/policy.ts';
import type { Things } from './accessRows.ts';
import {
  addMember,
  buildCrew,
  buildMemory,
  buildQuestion,
  buildSimulation,
  buildStep,
  started,
} from './build.ts';
import type { TestApi, TestUser } from './openTestApi.ts';
import { uploadFile } from './uploadFile.ts';

export interface Team {
  readonly id: string;
  /** One member of each role, acting in the team. */
  readonly members: Readonly<Record<Role, TestUser>>;
  trpc(role: Role): TroupeClient;
  /** Headers of a request that a member makes in the team. */
  headers(role: Role): Record<string, string>;
}

/** A workspace of a team with one member of each role, all with confirmed addresses. */
export async function buildTeam(api: TestApi, name = 'Team'): Promise<Team> {
  const id = randomUUIDv7();
  await inWorkspace(api.database, id, (transaction) =>
    Workspace.create({ id, name, isPersonal: false }, { transaction }),
  );
  const entries = await Promise.all(
    ROLES.map(async (role) => {
      const user = await api.createUser(`${name} ${role}`, { isVerified: true });
      await addMember(api.database, { workspaceId: id, userId: user.user.id, role });
      return [role, user] as const;
    }),
  );
  const members = Object.fromEntries(entries) as Record<Role, TestUser>;
  return {
    id,
    members,
    trpc: (role) => createTroupeClient({ url: api.url, token: members[role].token, workspace: id }),
    headers: (role) => ({ authorization: `Bearer ${members[role].token}`, 'troupe-workspace': id }),
  };
}

/** A member as tests build things for them: in the team. */
export const inTeam = (team: Team, role: Role = 'owner'): TestUser => ({
  ...team.members[role],
  workspace: { id: team.id, name: 'Team', isPersonal: false } satisfies AccountView['workspace'],
  trpc: team.trpc(role),
});

/** One of everything that belongs to a workspace. */
export async function fillTeam(api: TestApi, team: Team): Promise<Things> {
  const owner = inTeam(team);
  const crew = await buildCrew(api.database, { owner });
  const simulation = await buildSimulation(api.database, { owner, crew, events: [started] });
  await buildStep(api.database, { simulation, path: 't1/t1/0/think.1', nodeId: 't1' });
  const question = await buildQuestion(api.database, simulation);
  const agent = await owner.trpc.agents.create.mutate({ role: 'Editor', goal: 'Edit', backstory: 'Edits' });
  const file = await uploadFile(api, { as: owner, name: 'own.txt', text: 'The team’s own.' });
  const credential = await owner.trpc.credentials.create.mutate({
    name: 'Team’s',
    provider: 'openai',
    secret: 'sk-of-the-team-alone',
  });
  const server = await owner.trpc.mcpServers.create.mutate({
    name: 'Team’s',
    url: 'https://tools.example/mcp',
  });
  const base = await owner.trpc.knowledge.create.mutate({ name: 'Team’s' });
  const { items } = await owner.trpc.knowledge.addSource.mutate({ id: base.id, fileId: file.id });
  const invitation = await owner.trpc.invitations.create.mutate({
    id: team.id,
    email: `${randomUUIDv7()}@example.com`,
    role: 'viewer',
  });
  const sessions = await owner.trpc.sessions.list.query();
  return {
    crew: crew.id,
    simulation: simulation.id,
    agent: agent.id,
    file: file.id,
    knowledge: base.id,
    source: items[0]?.id ?? '',
    memory: await buildMemory(api.database, { owner, simulation }),
    credential: credential.id,
    question,
    toolServer: server.id,
    workspace: team.id,
    member: team.members.viewer.user.id,
    invitation: invitation.id,
    session: sessions.items[0]?.id ?? '',
  };
}
