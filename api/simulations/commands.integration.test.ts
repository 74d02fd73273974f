import type { Transaction } from 'sequelize';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { packFinished } from '#workflows/finishedTasks.ts';
import { inWorkspace } from '../database/connect.ts';
import { Command } from '../database/models/Command.ts';
import { Simulation } from '../database/models/Simulation.ts';
import {
  buildSimulation,
  buildStep,
  completed,
  failed,
  started,
  storeEvent,
  taskCompleted,
} from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  ada = await api.createUser('Ada');
});
afterAll(() => api.close());
afterEach(() => {
  api.engine.isDown = false;
  api.engine.whileStarting = async () => {};
});

const running = () => buildSimulation(api.database, { owner: ada, events: [started] });
const command = (id: string, verb: string, body?: object) =>
  api.rest(`POST /simulations/${id}/${verb}`, { as: ada, body });
const view = (id: string) => ada.trpc.simulations.get.query({ id });

describe('pause', () => {
  it('is written, sent once, and harmless when repeated', async () => {
    const { id } = await running();
    expect(await command(id, 'pause')).toMatchObject({ status: 202, body: { status: 'running' } });
    expect(await command(id, 'pause')).toMatchObject({ status: 202, body: { status: 'running' } });
    expect(api.engine.sentTo(id)).toEqual(['pause 1']);
    const commands = await inWorkspace(api.database, ada.workspace.id, (transaction) =>
      Command.findAll({ where: { simulationId: id }, transaction }),
    );
    expect(commands).toMatchObject([{ seq: 1, kind: 'pause', byUser: ada.user.id, byName: 'Ada' }]);
  });

  it('is kept for later when the engine does not answer', async () => {
    const { id } = await running();
    api.engine.isDown = true;
    expect((await command(id, 'pause')).status).toBe(202);
    expect(api.engine.sentTo(id)).toEqual([]);
    api.engine.isDown = false;
    expect((await command(id, 'pause')).status).toBe(202);
    expect(api.engine.sentTo(id)).toEqual(['pause 1']);
  });

  it('of a simulation that did not start yet is carried by its start', async () => {
    const { id } = await buildSimulation(api.database, { owner: ada, isInEngine: false });
    expect(await command(id, 'pause')).toMatchObject({ status: 202, body: { status: 'queued' } });
    expect(api.engine.sentTo(id)).toEqual([]);
  });
});

describe('resume', () => {
  it('lets a paused simulation go on', async () => {
    const { id } = await running();
    await command(id, 'pause');
    expect((await command(id, 'resume')).status).toBe(202);
    expect((await command(id, 'resume')).status).toBe(202);
    expect(api.engine.sentTo(id)).toEqual(['pause 1', 'resume 2']);
  });

  it('of one that is not paused changes nothing', async () => {
    const { id } = await running();
    expect((await command(id, 'resume')).status).toBe(202);
    expect(api.engine.sentTo(id)).toEqual([]);
  });

  it('raises the budget of one that waits for it', async () => {
    const simulation = await buildSimulation(api.database, {
      owner: ada,
      budgetMicros: 10,
      events: [
        started,
        {
          key: 'budget',
          type: 'simulation.waiting',
          data: { waitingFor: { kind: 'budget', until: null, by: null } },
        },
      ],
    });
    await command(simulation.id, 'resume', { budget: { costMicros: 500 } });
    expect(api.engine.sentTo(simulation.id)).toEqual(['resume 1']);
    expect((await view(simulation.id)).budget?.costMicros).toBe(500);
  });

  it('lets one that asks for tokens have as many again', async () => {
    const waitingFor = { kind: 'tokens', until: null, by: null } as const;
    const events = [started, { key: 'tokens', type: 'simulation.waiting', data: { waitingFor } } as const];
    const simulation = await buildSimulation(api.database, { owner: ada, events });
    const row = { workspaceId: ada.workspace.id, id: simulation.id };
    const inOwn = <T>(work: (transaction: Transaction) => Promise<T>) =>
      inWorkspace(api.database, row.workspaceId, work);
    await inOwn((transaction) => Simulation.update({ tokens: 100 }, { where: row, transaction }));
    await command(simulation.id, 'resume');
    expect(api.engine.sentTo(simulation.id)).toEqual(['resume 1']);
    const after = await inOwn((transaction) => Simulation.findOne({ where: row, transaction }));
    expect(after?.tokenLimit).toBe(200);
  });
});

describe('cancel', () => {
  it('beats pause and is not undone', async () => {
    const { id } = await running();
    await command(id, 'pause');
    expect((await command(id, 'cancel')).status).toBe(202);
    expect((await command(id, 'cancel')).status).toBe(202);
    expect((await command(id, 'pause')).status).toBe(202);
    expect((await command(id, 'resume')).status).toBe(202);
    expect(api.engine.sentTo(id)).toEqual(['pause 1', 'cancel 2']);
  });

  it('ends at once what never reached the engine', async () => {
    const { id } = await buildSimulation(api.database, { owner: ada, isInEngine: false });
    expect(await command(id, 'cancel')).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    const { items } = await ada.trpc.simulations.events.query({ id });
    expect(items).toMatchObject([{ seq: 1, type: 'simulation.cancelled', data: { by: 'Ada' } }]);
    expect((await command(id, 'cancel')).status).toBe(409);
  });

  it('reaches a workflow that was being started meanwhile', async () => {
    const crew = (await ada.trpc.crews.list.query({ search: '' })).items[0];
    if (!crew) throw new Error('A user begins with a crew');
    const { inputs } = await ada.trpc.crews.get.query({ id: crew.id });
    api.engine.whileStarting = async () => {
      api.engine.whileStarting = async () => {};
      const { items } = await ada.trpc.simulations.list.query({ crewId: crew.id });
      await command(items[0]?.id ?? '', 'cancel');
    };
    const { id } = await ada.trpc.simulations.start.mutate({
      crewId: crew.id,
      inputs: Object.fromEntries(inputs.map(({ name }) => [name, 'x'])),
    });
    expect((await view(id)).status).toBe('cancelled');
    expect(api.engine.sentTo(id)).toEqual(['cancel 1']);
  });
});

describe('a closed simulation', () => {
  it.each(['pause', 'resume', 'cancel', 'retry'])('refuses %s when it is completed', async (verb) => {
    const { id } = await buildSimulation(api.database, { owner: ada, events: [started, completed] });
    expect(await command(id, verb)).toMatchObject({
      status: 409,
      body: { code: 'simulation.closed', simulationStatus: 'completed' },
    });
  });

  it.each(['pause', 'resume', 'cancel'])('refuses %s when it has failed', async (verb) => {
    const { id } = await buildSimulation(api.database, { owner: ada, events: [started, failed] });
    expect(await command(id, verb)).toMatchObject({ status: 409, body: { code: 'simulation.closed' } });
  });
});

describe('retry', () => {
  it('runs a failed simulation again in the next epoch, after what is finished', async () => {
    const simulation = await buildSimulation(api.database, {
      owner: ada,
      events: [started, taskCompleted('t1')],
    });
    const { id } = simulation;
    await buildStep(api.database, { simulation, path: 't1/t1/0/think.1', nodeId: 't1', isEmpty: true });
    await storeEvent(api.database, simulation, failed);
    expect((await view(id)).status).toBe('failed');

    expect(await command(id, 'retry')).toMatchObject({ status: 202, body: { status: 'queued' } });
    expect(api.engine.startsOf(id)).toMatchObject([
      {
        epoch: 2,
        finished: packFinished(
          { t1: { path: 't1/t1/0/think.1', isEmpty: true } },
          { tasks: [{ nodeId: 't1' }, { nodeId: 't2' }] },
        ),
        commandSeq: 1,
        isPaused: false,
      },
    ]);
    expect(await view(id)).toMatchObject({ status: 'queued', epoch: 2, failure: null, endedAt: null });
    const { items } = await ada.trpc.simulations.events.query({ id });
    expect(items.map((event) => event.type)).toEqual([
      'simulation.started',
      'task.completed',
      'simulation.failed',
      'simulation.retried',
    ]);
  });

  it('is one, however many ask at once', async () => {
    const { id } = await buildSimulation(api.database, { owner: ada, events: [started, failed] });
    const answers = await Promise.all([1, 2, 3, 4].map(() => command(id, 'retry')));
    expect(answers.map((answer) => answer.status).sort()).toEqual([202, 409, 409, 409]);
    expect(api.engine.startsOf(id)).toHaveLength(1);
  });

  it('is refused while it runs', async () => {
    const { id } = await running();
    expect(await command(id, 'retry')).toMatchObject({
      status: 409,
      body: { code: 'simulation.notFailed' },
    });
  });

  it('forgets a pause of the epoch before', async () => {
    const simulation = await running();
    await command(simulation.id, 'pause');
    await storeEvent(api.database, simulation, failed);
    await command(simulation.id, 'retry');
    expect(api.engine.startsOf(simulation.id)).toMatchObject([{ isPaused: false, commandSeq: 2 }]);
  });
});

describe('commands', () => {
  it.each(['pause', 'resume', 'cancel', 'retry'])('%s takes no unknown field', async (verb) => {
    const { id } = await running();
    expect((await command(id, verb, { force: true })).status).toBe(400);
    expect(api.engine.sentTo(id)).toEqual([]);
  });
});
