import { createHash, randomUUID } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '../database/connect.ts';
import { Contents } from '../database/ledger/contents.ts';
import { Simulation } from '../database/models/Simulation.ts';
import { Workspace } from '../database/models/Workspace.ts';
import {
  buildCrew,
  buildMemory,
  buildQuestion,
  buildSimulation,
  buildStep,
  completed,
  failed,
  started,
} from '../testing/build.ts';
import { findEverywhere } from '../testing/findEverywhere.ts';
import { makeOld } from '../testing/makeOld.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { expireSimulations, findOverdueWorkspaces } from './expireSimulations.ts';
import { removeSimulations } from './removeSimulations.ts';
import { sweepContents } from './sweepContents.ts';

let api: TestApi;
beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

const select = <T extends object>(workspaceId: string, sql: string, bind: unknown[] = []) =>
  inWorkspace(api.database, workspaceId, (transaction) =>
    api.database.query<T>(sql, { bind, transaction, type: QueryTypes.SELECT }),
  );
const isThere = async ({ id, workspaceId }: Simulation) =>
  (await select(workspaceId, 'select 1 from simulations where id = $1', [id])).length > 0;

/** As the caretaker does, until nothing is overdue and no text in doubt; others may be sweeping at the same time. */
async function sweep(workspaceId: string): Promise<void> {
  while ((await findOverdueWorkspaces(api.database)).includes(workspaceId))
    await expireSimulations(api.database, workspaceId);
  while ((await select(workspaceId, 'select 1 from content_candidates limit 1')).length > 0)
    await sweepContents(api.database, workspaceId);
}

async function endedFor(owner: TestUser, days: number, events = [started, completed]): Promise<Simulation> {
  const simulation = await buildSimulation(api.database, { owner, events });
  await makeOld(api.database, simulation, days);
  return simulation;
}
const forkOf = (parent: Simulation, owner: TestUser, isOpen: boolean) =>
  buildSimulation(api.database, { owner, events: isOpen ? [started] : [started, completed] }).then(
    async (fork) => {
      await inWorkspace(api.database, fork.workspaceId, (transaction) =>
        Simulation.update({ forkedFrom: parent.id }, { where: { id: fork.id }, transaction }),
      );
      return fork;
    },
  );
const keepFor = (owner: TestUser, days: number | null) =>
  inWorkspace(api.database, owner.workspace.id, (transaction) =>
    Workspace.update({ retentionDays: days }, { where: { id: owner.workspace.id }, transaction }),
  );
const day = 86_400_000;

describe('a simulation whose time is over', () => {
  it('is in no table any more, with its texts, questions and files; what others name and what crews remember stays', async () => {
    const ada = await api.createUser('Ada');
    const canary = `canary-${randomUUID()}`;
    const shared = `Shared by both, and long enough to be kept apart: ${randomUUID()}`;
    const crew = await buildCrew(api.database, { owner: ada });
    const simulation = await buildSimulation(api.database, {
      owner: ada,
      crew,
      events: [started, { key: 'gone', type: 'task.skipped', data: { nodeId: canary, reason: 'condition' } }],
    });
    await inWorkspace(api.database, simulation.workspaceId, (transaction) =>
      Simulation.update({ inputs: { topic: canary } }, { where: { id: simulation.id }, transaction }),
    );
    const step = { path: 't1/t1/0/think.1', nodeId: 't1', prompt: shared };
    await buildStep(api.database, { ...step, simulation, answer: `${canary} says`.repeat(20) });
    const contents = new Contents();
    const context = [{ title: 'Draft', text: contents.add(`${canary} asks`.repeat(20)) }];
    await inWorkspace(api.database, simulation.workspaceId, (transaction) =>
      contents.insert(transaction, simulation.workspaceId),
    );
    await buildQuestion(api.database, simulation, { context, title: canary });
    await inWorkspace(api.database, simulation.workspaceId, async (transaction) => {
      const file = new Contents();
      const text = file.addWhole(`${canary} writes`);
      await file.insert(transaction, simulation.workspaceId);
      await api.database.query(
        `insert into simulation_files (workspace_id, simulation_id, name, path, sha256, size)
         values ($1, $2, $3, 'p', $4, 1)`,
        {
          bind: [
            simulation.workspaceId,
            simulation.id,
            canary,
            Buffer.from('ref' in text ? text.ref : '', 'base64url'),
          ],
          transaction,
        },
      );
    });
    const other = await buildSimulation(api.database, { owner: ada, crew, events: [started, completed] });
    await buildStep(api.database, { ...step, simulation: other });
    await buildMemory(api.database, { owner: ada, simulation, text: 'The stage is round.' });
    await inWorkspace(api.database, simulation.workspaceId, (transaction) =>
      Simulation.update({ status: 'completed' }, { where: { id: simulation.id }, transaction }),
    );
    await makeOld(api.database, simulation, 91);

    await sweep(simulation.workspaceId);

    expect(await findEverywhere(canary)).toEqual([]);
    const left = (await findEverywhere(simulation.id)).map((row) => row.split(':')[0]);
    expect(left).toEqual(['memories']);
    expect(await findEverywhere(shared)).toHaveLength(1);
    const kept = await ada.trpc.simulations.step.query({ id: other.id, path: step.path });
    expect(kept.messages[0]?.content).toBe(shared);
    expect(await api.rest(`GET /simulations/${simulation.id}`, { as: ada })).toMatchObject({ status: 404 });
    const audit = await ada.trpc.audit.list.query({});
    expect(audit.items).toContainEqual(
      expect.objectContaining({ action: 'simulations.expire', details: { count: 1 }, result: 'ok' }),
    );
  });

  it('stays as long as it runs, is kept, has time left, or everything is kept', async () => {
    const ada = await api.createUser('Ada');
    const young = await endedFor(ada, 89);
    const running = await buildSimulation(api.database, { owner: ada, events: [started] });
    const kept = await endedFor(ada, 400);
    await ada.trpc.simulations.keep.mutate({ id: kept.id });
    const old = await endedFor(ada, 91, [started, failed]);
    await sweep(ada.workspace.id);
    expect(await Promise.all([young, running, kept, old].map(isThere))).toEqual([true, true, true, false]);
    await keepFor(ada, null);
    await makeOld(api.database, young, 4_000);
    await sweep(ada.workspace.id);
    expect(await isThere(young)).toBe(true);
  });

  it('waits for its forks that run, and goes when they have ended; they stay', async () => {
    const ada = await api.createUser('Ada');
    const parent = await endedFor(ada, 100);
    const fork = await forkOf(parent, ada, true);
    const sister = await forkOf(parent, ada, false);
    await sweep(ada.workspace.id);
    expect(await isThere(parent)).toBe(true);
    await inWorkspace(api.database, fork.workspaceId, (transaction) =>
      Simulation.update(
        { status: 'completed', endedAt: new Date() },
        { where: { id: fork.id }, transaction },
      ),
    );
    await sweep(ada.workspace.id);
    expect(await isThere(parent)).toBe(false);
    // A fork says where it came from, and is the first of what is left of its family.
    const view = await ada.trpc.simulations.get.query({ id: fork.id });
    expect(view.forkedFrom).toBe(parent.id);
    const tree = await ada.trpc.simulations.tree.query({ id: sister.id });
    expect(tree.items.map(({ id }) => id)).toEqual([sister.id]);
    expect(
      await api.rest(`GET /simulations/${fork.id}/compare?with=${parent.id}`, { as: ada }),
    ).toMatchObject({
      status: 404,
    });
  });

  it('of another workspace is not touched', async () => {
    const ada = await api.createUser('Ada');
    const bob = await api.createUser('Bob');
    await keepFor(bob, null);
    const theirs = await endedFor(bob, 1_000);
    await endedFor(ada, 1_000);
    await sweep(ada.workspace.id);
    expect(await isThere(theirs)).toBe(true);
  });
});

describe('a text in doubt', () => {
  const text = () => `Long enough to be kept apart from its row, and named by others: ${randomUUID()}`;

  async function named(owner: TestUser, prompt: string): Promise<Simulation> {
    const simulation = await buildSimulation(api.database, { owner, events: [started, completed] });
    await buildStep(api.database, { simulation, path: 't1/t1/0/think.1', nodeId: 't1', prompt });
    return simulation;
  }
  async function remove({ workspaceId, id }: Simulation): Promise<string> {
    await inWorkspace(api.database, workspaceId, (transaction) =>
      removeSimulations(api.database, { workspaceId, ids: [id] }, transaction),
    );
    return workspaceId;
  }
  /** Writes it once more, in a transaction that ends when it is told to. */
  function writeAgain(workspaceId: string, prompt: string) {
    const written = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const done = inWorkspace(api.database, workspaceId, async (transaction) => {
      const contents = new Contents();
      contents.add(prompt);
      await contents.insert(transaction, workspaceId);
      written.resolve();
      await mayEnd.promise;
    });
    return { written: written.promise, end: mayEnd.resolve, done };
  }
  const doubts = (workspaceId: string) => select(workspaceId, 'select 1 from content_candidates');

  it('stays as long as somebody is at work who may have it in hand since before', async () => {
    const ada = await api.createUser('Ada');
    const prompt = text();
    const simulation = await named(ada, prompt);
    const writer = writeAgain(simulation.workspaceId, prompt);
    await writer.written;
    await remove(simulation);
    expect(await sweepContents(api.database, simulation.workspaceId)).toBeNull();
    expect(await findEverywhere(prompt)).toHaveLength(1);
    writer.end();
    await writer.done;
  });

  it('is out of doubt when somebody writes it again', async () => {
    const ada = await api.createUser('Ada');
    const prompt = text();
    const workspaceId = await remove(await named(ada, prompt));
    const writer = writeAgain(workspaceId, prompt);
    await writer.written;
    expect(await sweepContents(api.database, workspaceId)).toBeNull();
    writer.end();
    await writer.done;
    expect(await doubts(workspaceId)).toEqual([]);
    expect(await findEverywhere(prompt)).toHaveLength(1);
  });

  it('is there for who writes it again while it is being removed, whoever comes first', async () => {
    const ada = await api.createUser('Ada');
    const { id: workspaceId } = ada.workspace;
    for (let round = 0; round < 15; round += 1) {
      const prompts = Array.from({ length: 5 }, text);
      const simulations = await Promise.all(prompts.map((prompt) => named(ada, prompt)));
      for (const simulation of simulations) await remove(simulation);
      const writers = prompts.map((prompt) => writeAgain(workspaceId, prompt));
      for (const writer of writers) writer.end();
      await Promise.all([sweepContents(api.database, workspaceId), ...writers.map(({ done }) => done)]);
      const hashes = prompts.map((prompt) => createHash('sha256').update(prompt).digest());
      const left = await select(workspaceId, 'select 1 from contents where sha256 = any($1::bytea[])', [
        hashes,
      ]);
      expect(left).toHaveLength(prompts.length);
    }
  });

  it('goes when nobody names it', async () => {
    const ada = await api.createUser('Ada');
    const prompt = text();
    await sweep(await remove(await named(ada, prompt)));
    expect(await findEverywhere(prompt)).toEqual([]);
  });

  it('goes with a crew that is deleted', async () => {
    const ada = await api.createUser('Ada');
    const prompt = text();
    const crew = await buildCrew(api.database, { owner: ada });
    const simulation = await buildSimulation(api.database, {
      owner: ada,
      crew,
      events: [started, completed],
    });
    await buildStep(api.database, { simulation, path: 't1/t1/0/think.1', nodeId: 't1', prompt });
    await ada.trpc.crews.delete.mutate({ id: crew.id });
    await sweep(ada.workspace.id);
    expect(await findEverywhere(prompt)).toEqual([]);
  });
});

describe('workspaces.saveRetention', () => {
  it('keeps for ninety days unless somebody says otherwise, and says when each goes', async () => {
    const ada = await api.createUser('Ada');
    const { id } = ada.workspace;
    const simulation = await endedFor(ada, 85);
    expect(await api.rest(`GET /workspaces/${id}/retention`, { as: ada })).toMatchObject({
      status: 200,
      body: { days: 90, notBefore: null, soon: { count: 1 } },
    });
    const row = await ada.trpc.simulations.get.query({ id: simulation.id });
    const due = Date.parse(String(row.endedAt)) + 90 * day;
    expect([row.isKept, row.expiresAt]).toEqual([false, new Date(due).toISOString()]);
    const { items } = await ada.trpc.simulations.list.query({});
    expect(items[0]?.expiresAt).toBe(row.expiresAt);
    const saved = await api.rest(`PUT /workspaces/${id}/retention`, { as: ada, body: { days: null } });
    expect(saved).toMatchObject({ status: 200, body: { days: null, soon: { count: 0, firstAt: null } } });
    expect((await ada.trpc.simulations.get.query({ id: simulation.id })).expiresAt).toBeNull();
  });

  it('gives seven days to keep some when the term becomes shorter', async () => {
    const ada = await api.createUser('Ada');
    const simulation = await endedFor(ada, 60);
    const { id } = ada.workspace;
    const before = Date.now();
    const view = await ada.trpc.workspaces.saveRetention.mutate({ id, days: 30 });
    expect(Date.parse(String(view.notBefore))).toBeGreaterThanOrEqual(before + 7 * day);
    expect(view.soon).toMatchObject({ count: 1, firstAt: view.notBefore });
    await sweep(id);
    expect(await isThere(simulation)).toBe(true);
    const audit = await ada.trpc.audit.list.query({});
    expect(audit.items[0]).toMatchObject({
      action: 'workspaces.saveRetention',
      details: { kept: '30 days', before: '90 days' },
    });
  });

  it.each([{ days: 1 }, { days: '30' }, {}, { days: 90, keep: true }])('refuses %j', async (body) => {
    const ada = await api.createUser('Ada');
    const answer = await api.rest(`PUT /workspaces/${ada.workspace.id}/retention`, { as: ada, body });
    expect(answer.status).toBe(400);
  });
});

describe('simulations.keep', () => {
  it('keeps it for good; let go, it stays for seven days whatever its age', async () => {
    const ada = await api.createUser('Ada');
    const simulation = await endedFor(ada, 85);
    const keep = () => api.rest(`POST /simulations/${simulation.id}/keep`, { as: ada });
    expect(await keep()).toMatchObject({ status: 200, body: { isKept: true, expiresAt: null } });
    expect(await keep()).toMatchObject({ status: 200, body: { isKept: true, expiresAt: null } });
    await makeOld(api.database, simulation, 300);
    const before = Date.now();
    const release = await api.rest(`POST /simulations/${simulation.id}/release`, { as: ada });
    expect(Date.parse(String(release.body.expiresAt))).toBeGreaterThanOrEqual(before + 7 * day);
    await sweep(ada.workspace.id);
    expect(await isThere(simulation)).toBe(true);
    const actions = (await ada.trpc.audit.list.query({})).items.map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('simulations.'))).toEqual([
      'simulations.release',
      'simulations.keep',
    ]);
  });

  it('says of what is no id that it is not there, and refuses none', async () => {
    const ada = await api.createUser('Ada');
    expect((await api.rest('POST /simulations/x/keep', { as: ada })).status).toBe(404);
    const { id } = await endedFor(ada, 1);
    const body = { isKept: false };
    expect((await api.rest(`POST /simulations/${id}/keep`, { as: ada, body })).status).toBe(400);
  });
});

it('a fork cannot be made of one that went meanwhile', async () => {
  const ada = await api.createUser('Ada');
  const simulation = await endedFor(ada, 91);
  await sweep(ada.workspace.id);
  const answer = await api.rest(`POST /simulations/${simulation.id}/fork`, { as: ada, body: {} });
  expect(answer.status).toBe(404);
});
