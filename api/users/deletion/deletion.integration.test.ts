import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tend } from '../../caretaker/startCaretaker.ts';
import { inWorkspace } from '../../database/connect.ts';
import { Crew } from '../../database/models/Crew.ts';
import { Membership } from '../../database/models/Membership.ts';
import { Simulation } from '../../database/models/Simulation.ts';
import { User } from '../../database/models/User.ts';
import { Workspace } from '../../database/models/Workspace.ts';
import { buildCrew, buildSimulation, buildStep, removeMember, started } from '../../testing/build.ts';
import { findEverywhere } from '../../testing/findEverywhere.ts';
import { openTestApi, type TestApi, type TestUser } from '../../testing/openTestApi.ts';
import { uploadFile } from '../../testing/uploadFile.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const remove = (as: TestUser) => api.rest('DELETE /users/me', { as });
const makeDue = (user: TestUser) =>
  User.update({ deletionDueAt: new Date(Date.now() - 1_000) }, { where: { id: user.user.id } });
const linkTo = async (user: TestUser) => {
  const letter = (await api.services.mails.list()).find(({ to }) => to === user.user.email);
  return /\/keep#(\S+)/.exec(letter?.text ?? '')?.[1] ?? '';
};
/** A workspace of several, with roles in order. */
async function joinTeam(name: string, members: readonly (readonly [TestUser, Membership['role']])[]) {
  const id = randomUUID();
  await inWorkspace(api.database, id, async (transaction) => {
    await Workspace.create({ id, name, isPersonal: false }, { transaction });
    for (const [{ user }, role] of members)
      await Membership.create({ workspaceId: id, userId: user.id, role }, { transaction });
  });
  return id;
}

describe('users.delete', () => {
  it('signs out everywhere and stops what runs at once, and removes nothing yet', async () => {
    const ada = await api.createUser('Ada', { isVerified: true });
    const crew = await buildCrew(api.database, { owner: ada });
    const { id } = await buildSimulation(api.database, {
      owner: ada,
      crew,
      events: [started],
    });
    const answer = await remove(ada);
    expect(answer.status).toBe(202);
    expect(Date.parse(String(answer.body.dueAt)) / 1_000).toBeCloseTo(Date.now() / 1_000 + 7 * 86_400, -2);
    expect((await api.rest('GET /crews', { as: ada })).status).toBe(401);
    const row = await inWorkspace(api.database, ada.workspace.id, (transaction) =>
      Simulation.findOne({ where: { id }, transaction, rejectOnEmpty: true }),
    );
    expect(row.wanted).toBe('cancel');
    await tend(api.services);
    expect(await User.count({ where: { id: ada.user.id } })).toBe(1);
  });

  it('is taken back by the link in the mail, once, which signs nobody in', async () => {
    const ada = await api.createUser('Ada', { isVerified: true });
    await remove(ada);
    const token = await linkTo(ada);
    const answer = await api.rest('POST /users/keep', { body: { token } });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([204, null]);
    expect((await User.findByPk(ada.user.id, { rejectOnEmpty: true })).deletionDueAt).toBeNull();
    expect((await api.rest('POST /users/keep', { body: { token } })).body).toMatchObject({
      code: 'token.invalid',
    });
  });

  it.each([{ token: '' }, { token: null }, {}, { token: ['x'] }, { token: 'x', id: 'y' }])(
    'V24: is not taken back by %j',
    async (body) => {
      expect((await api.rest('POST /users/keep', { body })).status).toBe(400);
    },
  );

  it('removes a guest at once, who has no password and no address', async () => {
    const guest = await api.createUser('Guest');
    await api.database.query(
      `update sessions set authenticated_at = now() - interval '1 hour' where user_id = $1`,
      {
        bind: [guest.user.id],
      },
    );
    expect((await remove(guest)).status).toBe(202);
    await tend(api.services);
    expect(await User.count({ where: { id: guest.user.id } })).toBe(0);
  });

  it('asks for the password when it was given long ago', async () => {
    const ada = await api.createUser('Ada', { isVerified: true });
    await api.database.query(
      `update sessions set authenticated_at = now() - interval '1 hour' where user_id = $1`,
      {
        bind: [ada.user.id],
      },
    );
    expect(await remove(ada)).toMatchObject({ status: 403, body: { code: 'session.notRecent' } });
  });

  it('is refused to the last owner of a workspace in which others work', async () => {
    const ada = await api.createUser('Ada', { isVerified: true });
    const bob = await api.createUser('Bob', { isVerified: true });
    const id = await joinTeam('Company', [
      [ada, 'owner'],
      [bob, 'editor'],
    ]);
    expect(await remove(ada)).toMatchObject({
      status: 409,
      body: { code: 'user.lastOwner', workspaces: [{ id, name: 'Company' }] },
    });
  });
});

describe('when seven days are over', () => {
  it('nothing of the person is left but the id in audit logs', async () => {
    const canary = `canary-${randomUUID()}`;
    const ada = await api.createUser(canary, { isVerified: true });
    const bob = await api.createUser('Bob', { isVerified: true });
    const company = await joinTeam('Company', [
      [bob, 'owner'],
      [ada, 'editor'],
    ]);
    const crew = await buildCrew(api.database, { owner: ada, name: canary });
    const simulation = await buildSimulation(api.database, {
      owner: ada,
      crew,
      events: [started],
    });
    await buildStep(api.database, {
      simulation,
      path: 't1/t1/0/think.1',
      nodeId: 't1',
      answer: `${canary} says`.repeat(20),
    });
    const file = await uploadFile(api, { as: ada, name: `${canary}.txt`, text: canary });
    await ada.trpc.credentials.create.mutate({ name: canary, provider: 'openai', secret: `sk-${canary}` });
    // In the company, where the work stays: Ada pauses something of Bob's.
    const shared = await buildCrew(api.database, {
      owner: { ...bob, workspace: { ...bob.workspace, id: company } },
    });
    const theirs = await buildSimulation(api.database, {
      owner: { ...bob, workspace: { ...bob.workspace, id: company } },
      crew: shared,
      events: [started],
    });
    const paused = await api.rest(`POST /simulations/${theirs.id}/pause`, {
      as: ada,
      headers: { 'troupe-workspace': company },
    });
    expect(paused.status).toBe(202);

    await remove(ada);
    await makeDue(ada);
    await tend(api.services);

    expect(await findEverywhere(canary)).toEqual([]);
    expect(await findEverywhere(String(ada.user.email))).toEqual([]);
    const place = join(api.services.files.spool, '..', ada.workspace.id, file.id);
    await expect(access(place)).rejects.toThrow();
    const left = (await findEverywhere(ada.user.id)).map((row) => row.split(':')[0]);
    expect(new Set(left)).toEqual(new Set(['audit_entries']));
    const kept = await inWorkspace(api.database, company, (transaction) =>
      Crew.count({ where: { workspaceId: company }, transaction }),
    );
    expect(kept).toBe(1);
  });

  it('the longest member of a team whose other owners left owns it', async () => {
    const [ada, bob, cyd] = await Promise.all([
      api.createUser('Ada', { isVerified: true }),
      api.createUser('Bob', { isVerified: true }),
      api.createUser('Cyd', { isVerified: true }),
    ]);
    const id = await joinTeam('Company', [
      [ada, 'owner'],
      [bob, 'owner'],
      [cyd, 'viewer'],
    ]);
    await remove(ada);
    await removeMember(api.database, { workspaceId: id, userId: bob.user.id });
    await makeDue(ada);
    await tend(api.services);
    const members = await inWorkspace(api.database, id, (transaction) =>
      Membership.findAll({ where: { workspaceId: id }, transaction }),
    );
    expect(members.map(({ userId, role }) => [userId, role])).toEqual([[cyd.user.id, 'owner']]);
  });

  it('waits for an engine that is away, rather than leave a run that nobody can stop', async () => {
    const ada = await api.createUser('Ada', { isVerified: true });
    const crew = await buildCrew(api.database, { owner: ada });
    const { id } = await buildSimulation(api.database, {
      owner: ada,
      crew,
      events: [started],
    });
    await makeDue(ada);
    api.engine.isDown = true;
    await tend(api.services);
    expect(await User.count({ where: { id: ada.user.id } })).toBe(1);
    api.engine.isDown = false;
    await tend(api.services);
    expect(await User.count({ where: { id: ada.user.id } })).toBe(0);
    expect(api.engine.abandoned).toContain(id);
  });
});
