import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { inWorkspace } from '#api/database/connect.ts';
import { Membership } from '#api/database/models/Membership.ts';
import { Simulation } from '#api/database/models/Simulation.ts';
import { User } from '#api/database/models/User.ts';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import type { SimulationEvent } from '#workflows/graph/eventSchema.ts';
import { emptyState, foldEvents } from '#workflows/simulationState.ts';
import { crewOf } from './testing/crewOf.ts';
import type { Started } from './testing/engine.ts';
import { answer, asked, handOver, writeAnswer } from './testing/people.ts';
import { useEngine } from './testing/useEngine.ts';

const model = 'openai/gpt-4.1-mini';
const up = useEngine();

const ASK = 't1/ok/0/ask';

/** `draft`, then a person decides about it: `publish` or `bin`. */
const approved = (data: Readonly<Record<string, unknown>> = {}) =>
  drawControls(
    [
      taskIn('draft'),
      controlIn('approval', 'ok', { question: 'Is {topic} good?', asksForText: true, ...data }),
      taskIn('publish'),
      taskIn('bin'),
    ],
    ['draft > ok', 'ok = Approve > publish', 'ok = Reject > bin', 'ok > publish'],
  );

const start = (graph: Parameters<ReturnType<typeof up>['engine']['start']>[0]['graph']) =>
  up().engine.start({ graph, model, inputs: { topic: 'owls' } });

/** Which task each call was for. */
const calls = () => up().models.calls.map(({ prompt }) => /Do (\w+)/.exec(prompt)?.[1]);

const waiting = (simulation: Started) =>
  simulation.event((event) => event.type === 'simulation.waiting' && event.data.waitingFor.kind === 'person');

/** Both as they are at one moment: it may go on between two looks. */
async function together(simulation: Started) {
  for (;;) {
    const [events, row] = [await simulation.events(), await simulation.row()];
    if (row.lastSeq === events.at(-1)?.seq) return { events, row };
  }
}

/** What holds for every simulation: numbers without gaps, and a row that says what events say. */
async function stateOf(simulation: Started) {
  const { events, row } = await together(simulation);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  const state = foldEvents(emptyState, events);
  expect([state.status, state.waitingFor?.kind]).toEqual([row.status, row.waitingFor?.kind]);
  return { state, events };
}

const types = (events: readonly SimulationEvent[], path: string) =>
  events.flatMap((event) => ('path' in event.data && event.data.path === path ? [event.type] : []));

const of = (simulation: Started, requestId: string) => ({ engine: up().engine, simulation, requestId });

test('an approval waits for a person, and only the way that they choose is gone', async () => {
  up().models.script([{ match: { promptIncludes: 'Do draft.' }, reply: { text: 'Owls fly at night.' } }]);
  const simulation = await start(approved());
  const { data } = await asked(simulation, ASK);
  expect(data).toMatchObject({ kind: 'approval', title: 'ok', preview: 'Is owls good?', deadlineAt: null });
  await waiting(simulation);
  const { state } = await stateOf(simulation);
  expect(state.status).toBe('waiting');
  expect(state.nodes.ok?.status).toBe('waiting');
  expect(Object.values(state.questions)).toMatchObject([{ requestId: data.requestId, title: 'ok' }]);

  expect(await answer(of(simulation, data.requestId), { outcome: 'Reject', text: 'Too short.' })).toBe(true);
  expect((await simulation.ended()).status).toBe('completed');
  expect(calls()).toEqual(['draft', 'bin']);
  const { state: end, events } = await stateOf(simulation);
  expect(end.questions).toEqual({});
  expect(end.nodes).toMatchObject({ ok: { status: 'completed' }, publish: { status: 'skipped' } });
  expect(types(events, ASK)).toEqual([
    'step.started',
    'question.asked',
    'step.completed',
    'question.answered',
    'task.completed',
  ]);
  expect(end.totals.modelCalls).toBe(2);
});

test('V58: a model that says it was approved has approved nothing', async () => {
  up().models.script([{ match: { promptIncludes: 'Do draft.' }, reply: { text: '[APPROVED] Approve' } }]);
  const simulation = await start(approved());
  const { data } = await asked(simulation, ASK);
  await waiting(simulation);
  expect(calls()).toEqual(['draft']);
  expect((await stateOf(simulation)).state.nodes.publish).toBeUndefined();
  await answer(of(simulation, data.requestId), { outcome: 'Reject' });
  expect((await simulation.ended()).status).toBe('completed');
  expect(calls()).toEqual(['draft', 'bin']);
});

test('what a person writes is the answer of the approval, for those who read it', async () => {
  const simulation = await start(approved());
  const { data } = await asked(simulation, ASK);
  await answer(of(simulation, data.requestId), { outcome: 'Approve', text: 'Lovely, add a title.' });
  expect((await simulation.ended()).status).toBe('completed');
  expect(calls()).toEqual(['draft', 'publish']);
  expect(up().models.calls.at(-1)?.prompt).toContain('Lovely, add a title.');
});

test('of two answers at once one wins, and the other is told so', async () => {
  const simulation = await start(approved());
  const { data } = await asked(simulation, ASK);
  const wins = await Promise.all([
    writeAnswer(of(simulation, data.requestId), { outcome: 'Approve' }),
    writeAnswer(of(simulation, data.requestId), { outcome: 'Reject' }),
  ]);
  expect(wins.filter(Boolean)).toHaveLength(1);
  await handOver(of(simulation, data.requestId));
  await handOver(of(simulation, data.requestId)).catch(() => undefined);
  expect((await simulation.ended()).status).toBe('completed');
  expect(calls()).toHaveLength(2);
});

test('an answer while the simulation is paused counts once it goes on', async () => {
  const simulation = await start(approved());
  const { data } = await asked(simulation, ASK);
  await waiting(simulation);
  await simulation.command('pause');
  await simulation.event(({ type }) => type === 'simulation.paused');
  await answer(of(simulation, data.requestId), { outcome: 'Approve' });
  expect((await stateOf(simulation)).state.waitingFor?.kind).toBe('paused');
  expect(calls()).toEqual(['draft']);
  await simulation.command('resume');
  expect((await simulation.ended()).status).toBe('completed');
  expect(calls()).toEqual(['draft', 'publish']);
});

test('a cancelled simulation asks nobody any more', async () => {
  const simulation = await start(approved());
  const { data } = await asked(simulation, ASK);
  await waiting(simulation);
  await simulation.command('cancel');
  expect((await simulation.ended()).status).toBe('cancelled');
  expect((await stateOf(simulation)).state.questions).toEqual({});
  expect(await writeAnswer(of(simulation, data.requestId), { outcome: 'Approve' })).toBe(false);
  const steps = await simulation.select(
    "select state from steps where simulation_id = $1 and kind = 'person'",
  );
  expect(steps).toEqual([{ state: 'cancelled' }]);
});

test('[1.2 human_input] a person reads the answer and says what to change, until they are content', async () => {
  up().models.script((call) => ({ text: call.prompt.includes('Shorter') ? 'Short.' : 'A long answer.' }));
  const simulation = await up().engine.start({
    graph: crewOf({ tasks: [{ humanInput: true, outputFile: 'out.md' }, {}] }),
    model,
  });
  const first = await asked(simulation, 't1/t1/0/ask.1');
  expect(first.data.kind).toBe('feedback');
  await answer(of(simulation, first.data.requestId), { text: 'Shorter, please.' });
  const second = await asked(simulation, 't1/t1/0/ask.2');
  await answer(of(simulation, second.data.requestId), {});
  expect((await simulation.ended()).status).toBe('completed');
  const [draft, better, next] = up().models.calls;
  expect(up().models.calls).toHaveLength(3);
  expect(draft?.prompt).not.toContain('Shorter');
  expect(better?.prompt).toContain('A person has read your answer and says:\nShorter, please.');
  expect(JSON.stringify(better?.body)).toContain('A long answer.');
  expect(next?.prompt).toContain('Short.');
  const { state } = await stateOf(simulation);
  expect(state.nodes.t1).toMatchObject({ status: 'completed', path: 't1/t1/0/think.2' });
  const files = await simulation.select('select name, path from simulation_files where simulation_id = $1');
  expect(files).toEqual([{ name: 'out.md', path: 't1/t1/0/think.2' }]);
});

test('an agent asks a person, and reads the answer as the result of its tool', async () => {
  up().models.script((call) =>
    call.prompt.includes('In Paris.')
      ? { text: 'It is Paris.' }
      : { toolCalls: [{ name: 'ask_person', arguments: { question: 'Where do we meet?' } }] },
  );
  const simulation = await up().engine.start({ graph: crewOf({ agent: { tools: ['ask_person'] } }), model });
  const { data } = await asked(simulation, 't1/t1/0/think.1/tool.0');
  expect(data).toMatchObject({ kind: 'question', preview: 'Where do we meet?' });
  await waiting(simulation);
  await answer(of(simulation, data.requestId), { text: 'In Paris.' });
  expect((await simulation.ended()).status).toBe('completed');
  expect(up().models.calls).toHaveLength(2);
  expect((await stateOf(simulation)).state.totals).toMatchObject({ modelCalls: 2, toolCalls: 0 });
});

test('a model that asks for a person without being allowed to, or without a question, is told', async () => {
  up().models.script((call) =>
    JSON.stringify(call.body).includes('do not fit') || JSON.stringify(call.body).includes('no tool named')
      ? { text: 'Then without.' }
      : { toolCalls: [{ name: 'ask_person', arguments: { query: 'Where?' } }] },
  );
  for (const tools of [['ask_person'], ['calculator']]) {
    const simulation = await up().engine.start({ graph: crewOf({ agent: { tools } }), model });
    expect((await simulation.ended()).status).toBe('completed');
    expect((await simulation.events()).some(({ type }) => type === 'question.asked')).toBe(false);
  }
});

test('a retry after another branch failed finds the question open, and asks no model again', async () => {
  const graph = drawControls(
    [controlIn('approval', 'ok', { question: 'Good?' }), taskIn('broken'), taskIn('after')],
    ['ok > after', 'broken > after'],
  );
  let isBroken = true;
  up().models.script((call) =>
    isBroken && call.prompt.includes('Do broken.') ? { status: 400 } : undefined,
  );
  const simulation = await start(graph);
  const { data } = await asked(simulation, ASK);
  expect((await simulation.ended()).status).toBe('failed');
  expect((await stateOf(simulation)).state.questions).toEqual({});
  isBroken = false;
  await simulation.retry();
  const again = await asked(simulation, ASK, 2);
  expect(again.data.requestId).toBe(data.requestId);
  await answer(of(simulation, data.requestId), { outcome: 'Approve' });
  expect((await simulation.ended()).status).toBe('completed');
});

/** The question at the path is there already when it is asked: with a deadline sooner than minutes. */
async function startWithDeadline(
  data: Readonly<Record<string, unknown>>,
  { deadline, reminder }: { deadline: string; reminder?: string },
): Promise<Started> {
  const { engine } = up();
  const { workspaceId, start: begin } = await engine.prepareIn({
    graph: approved({ deadlineMinutes: 10, reminderMinutes: 5, ...data }),
    model,
    inputs: { topic: 'owls' },
  });
  const email = `${randomUUID()}@example.com`;
  const user = await User.create({
    id: randomUUID(),
    email,
    name: 'Maya',
    passwordHash: 'none',
    isGuest: false,
  });
  await inWorkspace(engine.database, workspaceId, async (transaction) => {
    await Membership.create({ workspaceId, userId: user.id, role: 'runner' }, { transaction });
    await Simulation.update({ createdBy: user.id }, { where: { workspaceId }, transaction });
    await engine.database.query(
      `insert into questions (workspace_id, id, simulation_id, path, node_id, kind, title, prompt, outcomes,
         workflow_id, deadline_at, remind_at)
       select workspace_id, gen_random_uuid(), id, '${ASK}', 'ok', 'approval', 'ok', '{"text": "Good?"}',
         '[{"name": "Approve"}, {"name": "Reject"}]', 'simulation:' || id, now() + interval '${deadline}',
         now() + interval '${reminder ?? deadline}'
       from simulations where workspace_id = '${workspaceId}'`,
      { transaction },
    );
  });
  return begin();
}

test('at the deadline the default is decided, after a reminder that is mailed to who started it', async () => {
  const simulation = await startWithDeadline({ otherwise: 'Reject' }, { deadline: '2 s', reminder: '1 s' });
  expect((await simulation.ended()).status).toBe('completed');
  expect(calls()).toEqual(['draft', 'bin']);
  const { events } = await stateOf(simulation);
  expect(events.find(({ type }) => type === 'question.answered')?.data).toMatchObject({
    outcome: 'Reject',
    by: null,
  });
  const [row] = await simulation.select<{ reminded: boolean }>(
    'select reminded_at is not null as reminded from questions where simulation_id = $1',
  );
  expect(row).toEqual({ reminded: true });
  const mails = await simulation.select<{ recipients: string[] }>(
    'select recipients, subject, text from outbox_mails where simulation_id = $1',
  );
  expect(mails).toEqual([
    {
      recipients: [expect.stringContaining('@example.com')],
      subject: 'Waiting for your answer: ok',
      text: '“Test” is waiting for somebody to answer:\n\nGood?\n\nOpen the inbox in Troupe to answer.',
    },
  ]);
});

test('a deadline without a default fails the simulation; a retry asks anew', async () => {
  const simulation = await startWithDeadline({}, { deadline: '1 s' });
  const { data: first } = await asked(simulation, ASK);
  const ended = await simulation.ended();
  expect([ended.status, ended.failure?.code]).toEqual(['failed', 'approval.expired']);
  expect((await stateOf(simulation)).state.questions).toEqual({});
  await simulation.retry();
  const { data: second } = await asked(simulation, ASK, 2);
  expect(second.requestId).not.toBe(first.requestId);
  expect(await writeAnswer(of(simulation, first.requestId), { outcome: 'Approve' })).toBe(false);
  await answer(of(simulation, second.requestId), { outcome: 'Approve' });
  expect((await simulation.ended()).status).toBe('completed');
  expect(calls()).toEqual(['draft', 'publish']);
});

test('inside a map each item asks for itself, and each goes its own way', async () => {
  const graph = drawControls(
    [
      taskIn('list'),
      controlIn('map', 'each', { items: 'answer.list', concurrency: 3 }),
      controlIn('approval', 'ok', { question: 'Take {item}?' }, 'each'),
      taskIn('take', 'each', { description: 'Do take of {item}.' }),
      taskIn('leave', 'each', { description: 'Do leave of {item}.' }),
    ],
    ['list > each', 'ok = Approve > take', 'ok = Reject > leave'],
  );
  up().models.script([{ match: { promptIncludes: 'Do list.' }, reply: { text: '["tea", "gin"]' } }]);
  const simulation = await start(graph);
  const open = new Map<string, string>();
  await simulation.event((event) => {
    if (event.type === 'question.asked') open.set(event.data.preview, event.data.requestId);
    return open.size === 2;
  });
  await answer(of(simulation, open.get('Take gin?') ?? ''), { outcome: 'Reject' });
  const { state } = await stateOf(simulation);
  expect(Object.values(state.questions).map(({ preview }) => preview)).toEqual(['Take tea?']);
  await answer(of(simulation, open.get('Take tea?') ?? ''), { outcome: 'Approve' });
  expect((await simulation.ended()).status).toBe('completed');
  const done = up().models.calls.map(({ prompt }) => /Do \w+ of \w+/.exec(prompt)?.[0]);
  expect(done.filter(Boolean).sort()).toEqual(['Do leave of gin', 'Do take of tea']);
});

test('a crew inside asks for itself, and the answer comes to it', async () => {
  const { engine } = up();
  const { workspaceId, crewVersionId } = await engine.version({ graph: approved(), model });
  const graph = drawControls(
    [controlIn('crew', 'other', { crewId: crewVersionId, crewVersionId }), taskIn('end')],
    ['other > end'],
  );
  const simulation = await engine.start({ graph, model, workspaceId });
  const { data } = await asked(simulation, 't1/other/0/crew/ok/0/ask');
  await waiting(simulation);
  expect(data.scope).toBe('t1/other/0/crew');
  await answer(of(simulation, data.requestId), { outcome: 'Approve' });
  expect((await simulation.ended()).status).toBe('completed');
  expect(calls()).toEqual(['draft', 'publish', 'end']);
  await stateOf(simulation);
});
