import { randomUUIDv7 } from 'node:crypto';
import { QueryTypes } from 'sequelize';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { workflowIdOf } from '#workflows/names.ts';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { inWorkspace } from '../database/connect.ts';
import {
  addMember,
  buildQuestion,
  buildSimulation,
  completed,
  started,
  storeEvent,
} from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { deliverAnswers } from './deliverAnswers.ts';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  ada = await api.createUser('Ada');
});
afterAll(() => api.close());
afterEach(() => {
  api.engine.isDown = false;
});

const waiting = {
  key: 'waiting',
  type: 'simulation.waiting',
  data: { waitingFor: { kind: 'person', until: null, by: null } },
} as const;

/** A simulation that waits for somebody to answer one question. */
async function asking(question: Parameters<typeof buildQuestion>[2] = {}) {
  const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
  const requestId = await buildQuestion(api.database, simulation, question);
  await storeEvent(api.database, simulation, waiting);
  return { simulation, id: simulation.id, requestId };
}

const answer = (id: string, body: object, as = ada) =>
  api.rest(`POST /simulations/${id}/answers`, { as, body });

describe('an answer', () => {
  it('ends the step, tells the engine, and lets the simulation go on', async () => {
    const { id, requestId } = await asking();
    expect(await answer(id, { requestId, outcome: 'Reject', text: 'Too short.' })).toMatchObject({
      status: 202,
      body: { status: 'running' },
    });
    expect(api.engine.answered).toContainEqual({
      workflowId: workflowIdOf(id),
      requestId,
      answer: { path: 't1/ok/0/ask', outcome: { kind: 'decided', value: 'Reject', isEmpty: false } },
    });
    const { items } = await ada.trpc.simulations.events.query({ id });
    const state = foldEvents(emptyState, items);
    expect(state).toMatchObject({ status: 'running', waitingFor: null, questions: {} });
    expect(items.at(-1)).toMatchObject({
      type: 'question.answered',
      data: { requestId, outcome: 'Reject', by: 'Ada', preview: 'Too short.' },
    });
    expect(await ada.trpc.questions.get.query({ id: requestId })).toMatchObject({
      status: 'answered',
      answeredBy: 'Ada',
      outcome: 'Reject',
      text: 'Too short.',
      context: [{ title: 'Draft', text: '# Owls' }],
    });
  });

  it('comes first or not at all: who is late is told who answered, and when', async () => {
    const { id, requestId } = await asking();
    const both = await Promise.all([
      answer(id, { requestId, outcome: 'Approve' }),
      answer(id, { requestId, outcome: 'Reject' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    const again = await answer(id, { requestId, outcome: 'Approve' });
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'question.answered', by: 'Ada', at: expect.any(String) },
    });
    expect(api.engine.answered.filter((sent) => sent.requestId === requestId)).toHaveLength(1);
  });

  it('is kept and handed over later when the engine does not answer', async () => {
    const { id, requestId } = await asking();
    api.engine.isDown = true;
    expect((await answer(id, { requestId, outcome: 'Approve' })).status).toBe(202);
    expect(api.engine.answered.some((sent) => sent.requestId === requestId)).toBe(false);
    api.engine.isDown = false;
    await deliverAnswers(api.services, { workspaceId: ada.workspace.id, id });
    expect(api.engine.answered.some((sent) => sent.requestId === requestId)).toBe(true);
  });

  it('is one of the outcomes, and belongs to this simulation', async () => {
    const { id, requestId } = await asking();
    const other = await asking();
    for (const body of [
      { requestId },
      { requestId, outcome: 'approve' },
      { requestId, outcome: 'Approve', by: 'Eve' },
      { outcome: 'Approve' },
    ])
      expect((await answer(id, body)).status, JSON.stringify(body)).toBe(400);
    for (const body of [
      { requestId: other.requestId, outcome: 'Approve' },
      { requestId: randomUUIDv7(), outcome: 'Approve' },
    ])
      expect((await answer(id, body)).status).toBe(404);
    expect((await ada.trpc.questions.get.query({ id: requestId })).status).toBe('open');
  });

  it('of a reader is a text: empty is content, anything else is what should change', async () => {
    const about = { path: 't1/t1/0/think.1', isEmpty: false, file: null };
    const feedback = { kind: 'feedback', outcomes: [], about } as const;
    const content = await asking(feedback);
    expect((await answer(content.id, { requestId: content.requestId })).status).toBe(202);
    const critic = await asking(feedback);
    await answer(critic.id, { requestId: critic.requestId, text: 'Shorter.' });
    const outcomes = [content, critic].map(
      ({ requestId }) => api.engine.answered.find((sent) => sent.requestId === requestId)?.answer.outcome,
    );
    expect(outcomes).toEqual([
      { kind: 'accepted', isEmpty: false },
      { kind: 'decided', value: 'feedback' },
    ]);
  });

  it('is no use once the simulation has ended', async () => {
    const { simulation, id, requestId } = await asking();
    await storeEvent(api.database, simulation, completed);
    expect(await answer(id, { requestId, outcome: 'Approve' })).toMatchObject({
      status: 409,
      body: { code: 'simulation.closed' },
    });
    expect((await ada.trpc.questions.get.query({ id: requestId })).status).toBe('closed');
  });

  it('is given by those who may run simulations, and by nobody else', async () => {
    const { id, requestId } = await asking();
    const eve = await api.createUser('Eve');
    expect((await answer(id, { requestId, outcome: 'Approve' }, eve)).status).toBe(404);
    await addMember(api.database, { workspaceId: ada.workspace.id, userId: eve.user.id, role: 'viewer' });
    const headers = { 'troupe-workspace': ada.workspace.id };
    const refused = await api.rest(`POST /simulations/${id}/answers`, {
      as: eve,
      body: { requestId, outcome: 'Approve' },
      headers,
    });
    expect(refused).toMatchObject({ status: 403, body: { code: 'workspace.forbidden' } });
  });
});

describe('the inbox', () => {
  it('lists what is open, newest first, and counts it', async () => {
    const bea = await api.createUser('Bea');
    const ask = async () => {
      const simulation = await buildSimulation(api.database, { owner: bea, events: [started] });
      return { simulation, requestId: await buildQuestion(api.database, simulation) };
    };
    const [first, second, gone] = [await ask(), await ask(), await ask()];
    await storeEvent(api.database, gone.simulation, completed);
    const open = await bea.trpc.questions.list.query({});
    expect(open.items.map(({ id }) => id)).toEqual([second.requestId, first.requestId]);
    expect(open.items[0]).toMatchObject({
      title: 'Publish',
      preview: 'Shall it be published?',
      status: 'open',
    });
    expect(await bea.trpc.questions.count.query()).toEqual({ open: 2 });
    const answered = { id: first.simulation.id, requestId: first.requestId, outcome: 'Approve' };
    await bea.trpc.simulations.answer.mutate(answered);
    const closed = await bea.trpc.questions.list.query({ status: 'closed' });
    expect(closed.items.map(({ id, status }) => [id, status])).toEqual([
      [gone.requestId, 'closed'],
      [first.requestId, 'answered'],
    ]);
    expect(await bea.trpc.questions.count.query()).toEqual({ open: 1 });
    const page = await bea.trpc.questions.list.query({ limit: 1, status: 'closed' });
    const rest = await bea.trpc.questions.list.query({ status: 'closed', cursor: page.nextCursor ?? '' });
    expect(rest.items.map(({ id }) => id)).toEqual([first.requestId]);
  });

  it('keeps times as exactly as pages of it tell them, so that none is left out between two', async () => {
    const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
    await buildQuestion(api.database, simulation);
    const finer = await inWorkspace(api.database, ada.workspace.id, (transaction) =>
      api.database.query(
        `select id from questions where created_at <> date_trunc('milliseconds', created_at)`,
        { transaction, type: QueryTypes.SELECT },
      ),
    );
    expect(finer).toEqual([]);
  });
});
