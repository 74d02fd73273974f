import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NewEvent, SimulationEvent } from './graph/eventSchema.ts';
import { SimulationEvent as EventSchema } from './graph/eventSchema.ts';
import { applyDelta, emptyState, foldEvent, foldEvents } from './simulationState.ts';

const at = (seq: number) => new Date(Date.UTC(2026, 10, 24) + seq * 1_000).toISOString();

/** Numbers events and checks that they are what the schema says. */
const log = (...events: { type: NewEvent['type']; data: unknown }[]): SimulationEvent[] =>
  events.map((event, index) => EventSchema.parse({ ...event, seq: index + 1, at: at(index + 1) }));

const step = (path: string, nodeId: string, attempt = 1) => ({
  path,
  nodeId,
  kind: 'model',
  epoch: 1,
  attempt,
});
const started = (path: string, nodeId: string, attempt = 1) => ({
  type: 'step.started' as const,
  data: { ...step(path, nodeId, attempt), model: 'demo/stand-in', tool: null },
});
const completed = (path: string, nodeId: string) => ({
  type: 'step.completed' as const,
  data: {
    ...step(path, nodeId),
    inputTokens: 10,
    outputTokens: 5,
    costMicros: 7,
    durationMs: 20,
    preview: 'done',
  },
});
const failure = { code: 'model.rateLimited', message: 'OpenAI asks us to wait.', path: 't1/a/0/think.1' };

const whole = log(
  { type: 'simulation.started', data: { epoch: 1 } },
  { type: 'task.started', data: { nodeId: 'a' } },
  started('t1/a/0/think.1', 'a'),
  completed('t1/a/0/think.1', 'a'),
  { type: 'task.completed', data: { nodeId: 'a', path: 't1/a/0/think.1' } },
  { type: 'simulation.paused', data: { by: 'Ada' } },
  { type: 'simulation.resumed', data: { by: 'Ada' } },
  { type: 'task.started', data: { nodeId: 'b' } },
  started('t1/b/0/think.1', 'b'),
  {
    type: 'step.failed',
    data: { ...step('t1/b/0/think.1', 'b'), failure, retryAt: at(20) },
  },
  { type: 'simulation.waiting', data: { waitingFor: { kind: 'provider', until: at(20), by: null } } },
  started('t1/b/0/think.1', 'b', 2),
  completed('t1/b/0/think.1', 'b'),
  { type: 'task.completed', data: { nodeId: 'b', path: 't1/b/0/think.1' } },
  { type: 'simulation.completed', data: { outputPath: 't1/b/0/think.1' } },
);

test('tells at each event what the simulation, its tasks and its steps are', () => {
  const states = whole.map((_, index) => foldEvents(emptyState, whole.slice(0, index + 1)));
  const seen = states.map(({ status, waitingFor, nodes }) =>
    [status, waitingFor?.kind ?? '', nodes.a?.status ?? '', nodes.b?.status ?? ''].join(' ').trim(),
  );
  expect(seen).toEqual([
    'running',
    'running  running',
    'running  running',
    'running  running',
    'running  completed',
    'waiting paused completed',
    'running  completed',
    'running  completed running',
    'running  completed running',
    'running  completed waiting',
    'waiting provider completed waiting',
    'running  completed running',
    'running  completed running',
    'running  completed completed',
    'completed  completed completed',
  ]);
  expect(states.at(-1)?.totals).toEqual({
    modelCalls: 2,
    toolCalls: 0,
    inputTokens: 20,
    outputTokens: 10,
    costMicros: 14,
    reusedSteps: 0,
  });
});

test('gives the same state however the events are cut, repeated or delivered late', () => {
  const expected = foldEvents(emptyState, whole);
  fc.assert(
    fc.property(fc.array(fc.nat({ max: whole.length }), { maxLength: 6 }), (cuts) => {
      let state = emptyState;
      // Each cut delivers everything up to it again, as a connection that was lost and resumed does.
      for (const cut of [...cuts, whole.length]) state = foldEvents(state, whole.slice(0, cut));
      expect(state).toEqual(expected);
    }),
  );
});

test('leaves the state it was given as it was', () => {
  const before = foldEvents(emptyState, whole.slice(0, 4));
  const copy = structuredClone(before);
  foldEvents(before, whole);
  expect(before).toEqual(copy);
});

test('cancels what was open when the simulation is cancelled', () => {
  const events = log(
    { type: 'simulation.started', data: { epoch: 1 } },
    { type: 'task.started', data: { nodeId: 'a' } },
    started('t1/a/0/think.1', 'a'),
    { type: 'simulation.cancelled', data: { by: null } },
  );
  const state = foldEvents(emptyState, events);
  expect(state.status).toBe('cancelled');
  expect(state.nodes.a?.status).toBe('cancelled');
  expect(state.steps['t1/a/0/think.1']?.status).toBe('cancelled');
});

test('opens failed tasks again when the simulation is retried', () => {
  const events = log(
    { type: 'simulation.started', data: { epoch: 1 } },
    { type: 'task.started', data: { nodeId: 'a' } },
    started('t1/a/0/think.1', 'a'),
    { type: 'step.failed', data: { ...step('t1/a/0/think.1', 'a'), failure, retryAt: null } },
    { type: 'task.failed', data: { nodeId: 'a', failure } },
    { type: 'simulation.failed', data: { failure } },
    { type: 'simulation.retried', data: { epoch: 2 } },
  );
  expect(foldEvents(emptyState, events.slice(0, 6))).toMatchObject({
    status: 'failed',
    failure,
    nodes: { a: { status: 'failed', failure } },
  });
  expect(foldEvents(emptyState, events)).toMatchObject({
    status: 'queued',
    failure: null,
    epoch: 2,
    nodes: { a: { status: 'queued', failure: null } },
  });
});

test('joins pieces of an answer, once each, and begins anew with a greater attempt', () => {
  const path = 't1/a/0/think.1';
  const running = foldEvents(emptyState, whole.slice(0, 3));
  const delta = (offset: number, text: string, attempt = 1) => ({
    path,
    nodeId: 'a',
    epoch: 1,
    attempt,
    offset,
    text,
  });
  const texts = [
    delta(0, 'Hello'),
    delta(5, ' world'),
    delta(5, ' world'), // sent twice
    delta(99, 'after a gap'), // left out: the whole text is sent again
    delta(0, 'Hello world, again'),
    delta(0, 'Second try', 2),
    delta(0, 'late words of the first', 1),
  ];
  const seen: string[] = [];
  texts.reduce((state, each) => {
    const next = applyDelta(state, each);
    seen.push(next.steps[path]?.text ?? '');
    return next;
  }, running);
  expect(seen).toEqual([
    'Hello',
    'Hello world',
    'Hello world',
    'Hello world',
    'Hello world, again',
    'Second try',
    'Second try',
  ]);
  const done = foldEvent(running, whole[3] ?? expect.fail());
  expect(applyDelta(done, delta(0, 'too late'))).toBe(done);
});

test('folds a long simulation in one go', () => {
  const paths = Array.from({ length: 2_000 }, (_, index) => `t1/n${index}/0/think.1`);
  const events = log(
    { type: 'simulation.started', data: { epoch: 1 } },
    ...paths.flatMap((path, index) => [started(path, `n${index}`), completed(path, `n${index}`)]),
  );
  expect(Object.keys(foldEvents(emptyState, events).steps)).toHaveLength(2_000);
});

test('names the model and the tool of what was taken over, as far as the event says them', () => {
  const reused = (path: string, rest: { model?: string | null; tool?: string | null }) =>
    ({
      type: 'step.reused',
      data: { ...step(path, 'a'), from: path, preview: 'Said before', ...rest },
    }) as const;
  const events = log(
    { type: 'simulation.started', data: { epoch: 1 } },
    reused('t1/a/0/think.1', { model: 'openai/gpt-4.1-mini', tool: null }),
    reused('t1/a/0/think.1/tool.0', { model: null, tool: 'calculator' }),
    reused('t1/a/0/think.2', {}),
  );
  const { steps, totals } = foldEvents(emptyState, events);
  expect(Object.values(steps).map(({ model, tool }) => [model, tool])).toEqual([
    ['openai/gpt-4.1-mini', null],
    [null, 'calculator'],
    [null, null],
  ]);
  expect(totals.reusedSteps).toBe(3);
});

test('passes through a node inside a map are told one by one and together', () => {
  const item = (key: string) => ({ nodeId: 'read', scope: `t1/each/0/item.${key}` });
  const failure = { code: 'model.refused', message: 'No.', path: null };
  const events = log(
    { type: 'simulation.started', data: { epoch: 1 } },
    { type: 'task.started', data: item('a.0') },
    { type: 'task.started', data: item('b.0') },
    { type: 'task.completed', data: { ...item('a.0'), path: 't1/each/0/item.a.0/read/0/think.1' } },
    { type: 'task.failed', data: { ...item('b.0'), failure } },
    { type: 'task.failed', data: { nodeId: 'each', failure } },
    { type: 'simulation.failed', data: { failure } },
    { type: 'simulation.retried', data: { epoch: 2 } },
    { type: 'task.started', data: item('b.0') },
    { type: 'task.completed', data: { ...item('b.0'), path: 't1/each/0/item.b.0/read/0/think.1' } },
  );
  const after = (count: number) => foldEvents(emptyState, events.slice(0, count));
  expect(after(3).nodes.read).toMatchObject({ status: 'running', passes: { running: 2 } });
  expect(after(5).nodes.read).toMatchObject({
    status: 'failed',
    passes: { completed: 1, failed: 1 },
    failure,
  });
  expect(after(8).nodes.read).toMatchObject({
    status: 'queued',
    passes: { completed: 1, failed: 0, queued: 1 },
  });
  expect(after(8).nodes.each).toMatchObject({ status: 'queued' });
  const end = after(10);
  expect(end.nodes.read).toMatchObject({
    status: 'completed',
    passes: { completed: 2, failed: 0 },
    failure: null,
  });
  expect(end.passes['t1/each/0/item.b.0/read']).toMatchObject({ status: 'completed' });
});

test('what is done after a task has its answer leaves it completed', () => {
  const state = foldEvents(
    emptyState,
    log(
      { type: 'task.started', data: { nodeId: 'a' } },
      started('t1/a/0/think.1', 'a'),
      completed('t1/a/0/think.1', 'a'),
      { type: 'task.completed', data: { nodeId: 'a', path: 't1/a/0/think.1' } },
      started('t1/a/0/callback', 'a'),
      {
        ...completed('t1/a/0/callback', 'a'),
        data: { ...completed('t1/a/0/callback', 'a').data, toolFailed: true },
      },
      { type: 'simulation.completed', data: { outputPath: 't1/a/0/think.1' } },
    ),
  );
  expect(state.nodes.a).toMatchObject({ status: 'completed', path: 't1/a/0/think.1', costMicros: 14 });
  expect(Object.values(state.steps).map(({ path, toolFailed }) => [path, toolFailed])).toEqual([
    ['t1/a/0/think.1', false],
    ['t1/a/0/callback', true],
  ]);
});

test('keeps what people were asked and what they said', () => {
  const question = { requestId: '0193e8a0-0000-7000-8000-000000000001', path: 't1/ok/0/ask', nodeId: 'ok' };
  const asked = {
    type: 'question.asked' as const,
    data: { ...question, kind: 'approval', title: 'Publish', preview: 'Is it good?', deadlineAt: null },
  };
  const answered = {
    type: 'question.answered' as const,
    data: { ...question, outcome: 'Approve', by: 'Ada', preview: 'On Monday.' },
  };
  const open = foldEvents(emptyState, log(asked));
  expect(open.asked[question.requestId]).toMatchObject({ preview: 'Is it good?', answer: null });
  const over = foldEvents(emptyState, log(asked, answered));
  expect(over.questions).toEqual({});
  expect(over.asked[question.requestId]?.answer).toEqual({
    outcome: 'Approve',
    by: 'Ada',
    preview: 'On Monday.',
    at: at(2),
  });
  expect(open.asked[question.requestId]?.answer).toBeNull();
});
