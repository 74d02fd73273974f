import { randomUUID } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tend } from '../caretaker/startCaretaker.ts';
import { inWorkspace } from '../database/connect.ts';
import { User } from '../database/models/User.ts';
import { doorOf } from '../database/secrets/Door.ts';
import { findCredentials } from '../database/secrets/findCredentials.ts';
import { addMember, buildSimulation, started } from '../testing/build.ts';
import { buildTeam, fillTeam, inTeam, type Team } from '../testing/buildTeam.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { can, ROLES } from './policy.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const person = (name: string) => api.createUser(name, { isVerified: true });
const code = (refused: Promise<unknown>) =>
  refused.then(
    () => 'accepted',
    (error: { data?: { code?: string } }) => error.data?.code,
  );
const actionsIn = (workspaceId: string) =>
  inWorkspace(api.database, workspaceId, async (transaction) => {
    const rows = await api.database.query<{ action: string }>(
      'select action from audit_entries order by seq',
      {
        transaction,
        type: QueryTypes.SELECT,
      },
    );
    return rows.map(({ action }) => action);
  });

/** The token of the newest mail to an address. */
async function tokenFor(email: string | null): Promise<string> {
  const letter = (await api.services.mails.list()).find(({ to }) => to === email);
  return /\/invite#([\w-]+)/.exec(letter?.text ?? '')?.[1] ?? '';
}

async function invited(team: Team, user: TestUser, role: 'viewer' | 'editor' = 'viewer'): Promise<string> {
  const email = user.user.email ?? '';
  await team.trpc('owner').invitations.create.mutate({ id: team.id, email, role });
  return tokenFor(email);
}

describe('the roles', () => {
  it('allow, each, what the ones before allow', () => {
    const table = ROLES.map((role) =>
      (['read', 'run', 'edit', 'manage'] as const).filter((action) => can(role, action)),
    );
    expect(table).toEqual([
      ['read'],
      ['read', 'run'],
      ['read', 'run', 'edit'],
      ['read', 'run', 'edit', 'manage'],
    ]);
  });
});

describe('a workspace of a team', () => {
  it('is made by somebody with a confirmed address, owned by them, renamed and told apart', async () => {
    const ada = await person('Ada');
    const made = await api.rest('POST /workspaces', { as: ada, body: { name: '  Research ' } });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Research', isPersonal: false, role: 'owner', allows: ['read', 'run', 'edit', 'manage'] },
    });
    const id = String(made.body.id);
    expect((await api.rest(`PUT /workspaces/${id}`, { as: ada, body: { name: 'Study' } })).body.name).toBe(
      'Study',
    );
    const { items } = await ada.trpc.workspaces.list.query();
    expect(items.map(({ name, isPersonal }) => [name, isPersonal])).toEqual([
      ['Ada’s workspace', true],
      ['Study', false],
    ]);
    expect(await actionsIn(id)).toEqual(['workspaces.create', 'workspaces.save']);
    const guest = await api.createUser('Guest');
    expect(await code(guest.trpc.workspaces.create.mutate({ name: 'x' }))).toBe('user.unverified');
  });

  it('is not made without end', async () => {
    const ada = await person('Ada');
    for (let number = 1; number < 20; number += 1)
      await ada.trpc.workspaces.create.mutate({ name: `${number}` });
    expect(await code(ada.trpc.workspaces.create.mutate({ name: 'x' }))).toBe('workspace.tooMany');
  });

  it('tells a member where a link leads, and nobody else', async () => {
    const team = await buildTeam(api);
    const { crew, simulation, question, knowledge, agent } = await fillTeam(api, team);
    const viewer = team.members.viewer.trpc;
    for (const [kind, id] of Object.entries({ crew, simulation, question, knowledge, agent })) {
      const thing = { kind: kind as 'crew', id };
      expect(await viewer.workspaces.locate.query(thing)).toMatchObject({ id: team.id, role: 'viewer' });
      expect(await code((await person('Eve')).trpc.workspaces.locate.query(thing))).toBe('notFound');
    }
  });

  it('ends for everybody at once when its owner types its name, and then leaves nothing', async () => {
    const team = await buildTeam(api, 'Doomed');
    const { crew, file, simulation } = await fillTeam(api, team);
    const [owner, viewer] = [team.trpc('owner'), team.trpc('viewer')];
    const token = await invited(team, await person('Late'));
    const { trpc } = team.members.owner;
    expect(await code(trpc.workspaces.delete.mutate({ id: team.id, name: 'doomed' }))).toBe(
      'request.invalid',
    );
    await trpc.workspaces.delete.mutate({ id: team.id, name: 'Doomed' });
    for (const member of [owner, viewer])
      expect(await code(member.crews.get.query({ id: crew }))).toBe('notFound');
    expect(await code(viewer.workspaces.get.query({ id: team.id }))).toBe('notFound');
    expect(await code(trpc.invitations.look.mutate({ token }))).toBe('token.invalid');
    await tend(api.services);
    const left = await inWorkspace(api.database, team.id, async (transaction) => {
      const count = async (table: string) =>
        (await api.database.query(`select from ${table}`, { transaction, type: QueryTypes.SELECT })).length;
      return [
        await count('workspaces'),
        await count('memberships'),
        await count('crews'),
        await count('simulations'),
      ];
    });
    expect(left).toEqual([0, 0, 0, 0]);
    const stored = api.services.files.store.read({ workspaceId: team.id, id: file });
    await expect(stored).rejects.toThrow('not in the store');
    expect(api.engine.abandoned).toContain(simulation);
    expect(await actionsIn(team.id)).toContain('workspaces.delete');
  });

  it('is not ended with a password that was given long ago', async () => {
    const team = await buildTeam(api);
    const { user } = team.members.owner;
    await api.database.query(
      `update sessions set authenticated_at = now() - interval '1 hour' where user_id = $1`,
      {
        bind: [user.id],
      },
    );
    const refused = team.members.owner.trpc.workspaces.delete.mutate({ id: team.id, name: 'Team' });
    expect(await code(refused)).toBe('session.notRecent');
  });
});

describe('a personal workspace', () => {
  it('is for one person alone, who cannot leave or delete it', async () => {
    const ada = await person('Ada');
    const { id, name } = ada.workspace;
    expect(
      await code(ada.trpc.invitations.create.mutate({ id, email: 'b@example.com', role: 'viewer' })),
    ).toBe('workspace.personal');
    expect(await code(ada.trpc.members.leave.mutate({ id }))).toBe('workspace.personal');
    expect(await code(ada.trpc.workspaces.delete.mutate({ id, name }))).toBe('workspace.personal');
    expect((await ada.trpc.members.list.query({ id })).items).toMatchObject([{ isYou: true, role: 'owner' }]);
  });
});

describe('members', () => {
  it('know each other by name; addresses are for owners', async () => {
    const team = await buildTeam(api);
    const seenBy = async (role: 'owner' | 'viewer') =>
      (await team.trpc(role).members.list.query({ id: team.id })).items.map(({ role: of, email }) => [
        of,
        email !== null,
      ]);
    const everybody = ['owner', 'editor', 'runner', 'viewer'];
    expect(await seenBy('owner')).toEqual(everybody.map((role) => [role, true]));
    expect(await seenBy('viewer')).toEqual(everybody.map((role) => [role, role === 'viewer']));
  });

  it('give ownership away, and an owner always stays', async () => {
    const team = await buildTeam(api);
    const { owner, editor } = team.members;
    const change = (as: TestUser, userId: string, role: 'owner' | 'viewer') =>
      as.trpc.members.changeRole.mutate({ id: team.id, userId, role });
    expect(await code(change(owner, owner.user.id, 'viewer'))).toBe('workspace.lastOwner');
    expect(await code(owner.trpc.members.leave.mutate({ id: team.id }))).toBe('workspace.lastOwner');
    expect(await change(owner, editor.user.id, 'owner')).toMatchObject({ role: 'owner' });
    expect(await change(owner, owner.user.id, 'viewer')).toMatchObject({ role: 'viewer' });
    expect(await code(change(owner, owner.user.id, 'owner'))).toBe('workspace.forbidden');
    expect(await code(editor.trpc.members.remove.mutate({ id: team.id, userId: editor.user.id }))).toBe(
      'workspace.lastOwner',
    );
    await owner.trpc.members.leave.mutate({ id: team.id });
    expect(await code(owner.trpc.workspaces.get.query({ id: team.id }))).toBe('notFound');
    expect(await actionsIn(team.id)).toEqual(expect.arrayContaining(['members.changeRole', 'members.leave']));
  });

  it('who own a workspace together and leave at once do not leave it to nobody', async () => {
    for (let round = 0; round < 5; round += 1) {
      const team = await buildTeam(api);
      const { owner, editor } = team.members;
      await addMember(api.database, { workspaceId: team.id, userId: editor.user.id, role: 'owner' });
      const left = await Promise.all(
        [owner, editor].map(({ trpc }) => code(trpc.members.leave.mutate({ id: team.id }))),
      );
      expect(left.toSorted()).toEqual(['accepted', 'workspace.lastOwner']);
    }
  });

  it('who are taken out take their own secrets along, and what they started runs on', async () => {
    const team = await buildTeam(api);
    const runner = inTeam(team, 'runner');
    const simulation = await buildSimulation(api.database, { owner: inTeam(team), events: [started] });
    await inWorkspace(api.database, team.id, (transaction) =>
      simulation.update({ createdBy: runner.user.id }, { transaction }),
    );
    await runner.trpc.credentials.create.mutate({
      name: 'My own',
      provider: 'openai',
      secret: 'sk-of-one',
      owner: 'me',
    });
    const usable = () =>
      findCredentials(doorOf(api.database), {
        workspaceId: team.id,
        simulationId: simulation.id,
        providers: ['openai'],
      });
    expect(await usable()).toHaveLength(1);
    await team.members.owner.trpc.members.remove.mutate({ id: team.id, userId: runner.user.id });
    expect(await usable()).toEqual([]);
    expect((await team.trpc('viewer').simulations.get.query({ id: simulation.id })).status).toBe('running');
    await addMember(api.database, { workspaceId: team.id, userId: runner.user.id, role: 'runner' });
    expect(await usable()).toEqual([]);
  });
});

describe('an invitation', () => {
  it('is mailed, looked at, accepted once, and then a membership', async () => {
    const team = await buildTeam(api, 'House');
    const bob = await person('Bob');
    const token = await invited(team, bob, 'editor');
    expect(await bob.trpc.invitations.look.mutate({ token })).toMatchObject({
      workspaceName: 'House',
      email: bob.user.email,
      role: 'editor',
      invitedBy: 'House owner',
    });
    expect(await bob.trpc.invitations.accept.mutate({ token })).toMatchObject({
      id: team.id,
      role: 'editor',
    });
    expect(await code(bob.trpc.invitations.accept.mutate({ token }))).toBe('token.invalid');
    expect((await team.trpc('owner').invitations.list.query({ id: team.id })).items).toEqual([]);
    const again = team.trpc('owner').invitations.create.mutate({
      id: team.id,
      email: bob.user.email?.toUpperCase() ?? '',
      role: 'owner',
    });
    expect(await code(again)).toBe('invitation.member');
    expect(await actionsIn(team.id)).toEqual(['members.invite', 'members.join']);
  });

  it('V32: is for the account of its address and no other, which leaves it as it was', async () => {
    const team = await buildTeam(api);
    const [bob, eve] = [await person('Bob'), await person('Eve')];
    const token = await invited(team, bob);
    expect(await code(eve.trpc.invitations.accept.mutate({ token }))).toBe('invitation.otherAddress');
    const guest = await api.createUser('Guest');
    expect(await code(guest.trpc.invitations.accept.mutate({ token }))).toBe('invitation.otherAddress');
    expect(await code(eve.trpc.workspaces.get.query({ id: team.id }))).toBe('notFound');
    expect(await code(bob.trpc.invitations.accept.mutate({ token }))).toBe('accepted');
  });

  it('V32: makes nobody more than they are', async () => {
    const team = await buildTeam(api);
    const { editor } = team.members;
    const email = editor.user.email ?? '';
    for (const id of [team.id]) {
      expect(await code(editor.trpc.invitations.create.mutate({ id, email, role: 'owner' }))).toBe(
        'workspace.forbidden',
      );
    }
    expect(
      await code(
        editor.trpc.members.changeRole.mutate({ id: team.id, userId: editor.user.id, role: 'owner' }),
      ),
    ).toBe('workspace.forbidden');
  });

  it('confirms the address of whoever signed up for it', async () => {
    const team = await buildTeam(api);
    const bob = await person('Bob');
    await User.update({ emailVerifiedAt: null }, { where: { id: bob.user.id } });
    await bob.trpc.invitations.accept.mutate({ token: await invited(team, bob) });
    const { emailVerifiedAt } = await User.findOne({ where: { id: bob.user.id }, rejectOnEmpty: true });
    expect(emailVerifiedAt).not.toBeNull();
  });

  it.each(['removed', 'demoted'] as const)('is void when the owner who sent it is %s', async (what) => {
    const team = await buildTeam(api);
    const [eve, second] = [await person('Eve'), await person('Second')];
    await addMember(api.database, { workspaceId: team.id, userId: eve.user.id, role: 'owner' });
    const sent = await eve.trpc.invitations.create.mutate({
      id: team.id,
      email: second.user.email ?? '',
      role: 'owner',
    });
    const token = await tokenFor(second.user.email ?? '');
    const { members } = team.trpc('owner');
    const of = { id: team.id, userId: eve.user.id };
    await (what === 'removed'
      ? members.remove.mutate(of)
      : members.changeRole.mutate({ ...of, role: 'editor' }));
    expect(await code(second.trpc.invitations.accept.mutate({ token }))).toBe('token.invalid');
    const { items } = await team.trpc('owner').invitations.list.query({ id: team.id });
    expect(items.map(({ id }) => id)).not.toContain(sent.id);
  });

  it('is taken back, replaced by another, and never known by its id', async () => {
    const team = await buildTeam(api);
    const bob = await person('Bob');
    const first = await invited(team, bob);
    const second = await invited(team, bob, 'editor');
    expect(await code(bob.trpc.invitations.accept.mutate({ token: first }))).toBe('token.invalid');
    const { items } = await team.trpc('owner').invitations.list.query({ id: team.id });
    expect(items).toMatchObject([{ email: bob.user.email, role: 'editor', invitedBy: 'Team owner' }]);
    const invitationId = items[0]?.id ?? '';
    expect(await code(bob.trpc.invitations.accept.mutate({ token: invitationId }))).toBe('token.invalid');
    await team.members.owner.trpc.invitations.revoke.mutate({ id: team.id, invitationId });
    expect(await code(bob.trpc.invitations.accept.mutate({ token: second }))).toBe('token.invalid');
    expect(JSON.stringify(await actionsIn(team.id))).toContain('invitations.revoke');
  });

  it('waits for an owner with a confirmed address, and leads nowhere by what people call themselves', async () => {
    const team = await buildTeam(api, 'See https://evil.example\r\nBcc: all');
    const email = `${randomUUID()}@example.com`;
    await User.update({ emailVerifiedAt: null }, { where: { id: team.members.owner.user.id } });
    const create = () =>
      team.members.owner.trpc.invitations.create.mutate({ id: team.id, email, role: 'viewer' });
    expect(await code(create())).toBe('user.unverified');
    await User.update({ emailVerifiedAt: new Date() }, { where: { id: team.members.owner.user.id } });
    await create();
    const letter = (await api.services.mails.list()).find(({ to }) => to === email);
    expect(letter?.subject).not.toMatch(/[\r\n]/);
    expect(letter?.text).not.toContain('https://evil');
  });
});
