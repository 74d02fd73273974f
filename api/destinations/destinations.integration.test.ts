import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chain } from '#workflows/graph/examples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { Session } from '../database/models/Session.ts';
import { User } from '../database/models/User.ts';
import { buildTeam, type Team } from '../testing/buildTeam.ts';
import { mailsTo } from '../testing/mails.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { findChangedWorkspaces, tellDestinations } from './tellDestinations.ts';

const SECRET = 'sk-canary-destinations-1';

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

/** The letters that this owner has got about destinations, after what waits was told. */
async function lettersTo({ user }: TestUser, workspaceId: string) {
  await tellDestinations(api.services, workspaceId);
  const letters = await mailsTo(api, user.email ?? '');
  return letters.filter(({ subject }) => subject.startsWith('New destinations'));
}

const calling = (url: string): CrewGraph => {
  const graph = chain(1);
  const nodes = graph.nodes.map((node) =>
    node.kind === 'task' ? { ...node, data: { ...node.data, callback: { url } } } : node,
  );
  return { ...graph, nodes };
};

describe('V37: where things of a workspace are sent', () => {
  beforeAll(async () => {
    team = await buildTeam(api, 'Team');
  });

  it('is told to its owners in one letter, by whom, what kind, and the hosts before and now', async () => {
    const editor = team.trpc('editor');
    const model = await editor.credentials.create.mutate({
      name: 'Models https://phish.example',
      provider: 'openai-compatible',
      url: 'https://models.example/v1/path-canary',
      secret: SECRET,
    });
    await editor.credentials.save.mutate({ id: model.id, url: 'http://evil.example:8080/v1' });
    await editor.mcpServers.create.mutate({
      name: 'Tools',
      url: 'https://tools.example/mcp?key=path-canary',
    });
    const crew = await editor.crews.create.mutate({
      name: 'C',
      graph: calling('https://hooks.example/path-canary'),
    });
    await editor.crews.save.mutate({
      id: crew.id,
      graph: calling('https://other.example/path-canary'),
      graphVersion: crew.graphVersion,
    });

    const letters = await lettersTo(team.members.owner, team.id);
    expect(letters).toHaveLength(1);
    const lines = letters[0]?.text.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).toEqual([
      '- Team editor: the secret “Models https phish example” goes to models.example (new)',
      '- Team editor: the secret “Models https phish example” goes to evil.example:8080 (http) (before: models.example)',
      '- Team editor: the tool server “Tools” goes to tools.example (new)',
      expect.stringMatching(/^- Team editor: the callback of the task “.*” goes to hooks\.example \(new\)$/),
      expect.stringMatching(
        /^- Team editor: the callback of the task “.*” goes to other\.example \(before: hooks\.example\)$/,
      ),
    ]);
    expect(letters[0]?.text).not.toContain('canary');
    expect(await lettersTo(team.members.owner, team.id), 'told once').toHaveLength(1);
    expect(await lettersTo(team.members.editor, team.id), 'no owner').toEqual([]);
  });

  it('is told of what a member keeps for themselves, without its name', async () => {
    await team.trpc('runner').credentials.create.mutate({
      name: 'Secretly mine',
      provider: 'http',
      origins: ['https://own.example'],
      owner: 'me',
      secret: SECRET,
    });
    const [letter] = await lettersTo(team.members.owner, team.id);
    expect(letter?.text).toContain('- Team runner: a secret of their own goes to own.example (new)');
    expect(letter?.text).not.toContain('Secretly');
  });

  it('is not told when nothing goes anywhere new', async () => {
    const before = await lettersTo(team.members.owner, team.id);
    const editor = team.trpc('editor');
    const created = await editor.credentials.create.mutate({
      name: 'Two',
      provider: 'http',
      origins: ['https://a.example', 'https://b.example'],
      secret: SECRET,
    });
    await tellDestinations(api.services, team.id);
    await editor.credentials.save.mutate({ id: created.id, name: 'One', origins: ['https://a.example'] });
    await editor.credentials.delete.mutate({ id: created.id });
    expect(await lettersTo(team.members.owner, team.id)).toHaveLength(before.length + 1);
  });

  it('is forgotten with what made it, when that is refused', async () => {
    const editor = team.trpc('editor');
    await editor.mcpServers.create
      .mutate({ name: 'No', url: 'https://no.example', credentialId: crypto.randomUUID() })
      .catch(() => undefined);
    const letters = await lettersTo(team.members.owner, team.id);
    expect(JSON.stringify(letters)).not.toContain('no.example');
  });
});

describe('V37: who changes destinations in a workspace of their own', () => {
  const create = (user: TestUser) =>
    user.trpc.credentials.create.mutate({ name: 'Key', provider: 'openai', secret: SECRET });

  it('is not told of their own acts', async () => {
    const ada = await api.createUser('Ada', { isVerified: true });
    await create(ada);
    expect(await lettersTo(ada, ada.workspace.id)).toEqual([]);
  });

  it('is told of what was done on a device that is new to the account', async () => {
    const ada = await api.createUser('Ada', { isVerified: true });
    await Session.update({ isNewDevice: true }, { where: { userId: ada.user.id } });
    await create(ada);
    const [letter] = await lettersTo(ada, ada.workspace.id);
    expect(letter?.text).toContain('- Ada: the secret “Key” goes to api.openai.com (new)');
  });

  it('signs in on such a device wherever nobody signed in to the account before', async () => {
    const signUp = { email: `${crypto.randomUUID()}@example.com`, password: 'a rather long one', name: 'Bo' };
    await api.rest('POST /users/register', { body: signUp });
    const { email, password } = signUp;
    await api.rest('POST /users/login', { body: { email, password } });
    const { id: userId } = await User.findOne({ where: { email }, rejectOnEmpty: true });
    const sessions = await Session.findAll({ where: { userId }, order: ['createdAt'] });
    expect(sessions.map(({ isNewDevice }) => isNewDevice)).toEqual([false, true]);
  });
});

it('owners are told when the first of many changes is some minutes old', async () => {
  const ada = await api.createUser('Ada', { isVerified: true });
  const { id } = ada.workspace;
  await ada.trpc.mcpServers.create.mutate({ name: 'Tools', url: 'https://tools.example/mcp' });
  expect(await findChangedWorkspaces(api.database)).not.toContain(id);
  expect(await findChangedWorkspaces(api.database, 0)).toContain(id);
});
