import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { crewOf } from '#worker/testing/crewOf.ts';
import { controlIn, drawControls, taskIn } from '#workflows/graph/controlExamples.ts';
import type { CrewGraph } from '#workflows/graph/schema.ts';
import { ForkHouse, type ForkInput } from './ForkHouse.ts';

let house: ForkHouse;
beforeAll(async () => {
  house = await ForkHouse.open();
});
afterEach(() => house.models.reset());
afterAll(() => house.close());

const approved = drawControls(
  [
    taskIn('draft'),
    controlIn('approval', 'ok', { question: 'Is it good?', asksForText: true }),
    taskIn('publish'),
    taskIn('bin'),
  ],
  ['draft > ok', 'ok = Approve > publish', 'ok = Reject > bin'],
);

/** Waits for the next question of a simulation and answers it. */
async function answer(id: string, said: { outcome?: string; text?: string }): Promise<number> {
  const event = await house.event(id, ({ type }) => type === 'question.asked');
  if (event.type !== 'question.asked') throw new Error('Nothing was asked');
  await house.simulations.answer.mutate({ id, requestId: event.data.requestId, ...said });
  return event.seq;
}

async function parentOf(graph: CrewGraph, said: { outcome?: string; text?: string }) {
  const id = await house.start(graph);
  const askedAt = await answer(id, said);
  expect(await house.closed(id)).toBe('completed');
  return { id, askedAt };
}

const fork = (id: string, input: ForkInput) => house.simulations.fork.mutate({ id, ...input });
const asks = async (id: string) =>
  (await house.simulations.events.query({ id, limit: 1_000 })).items.filter(
    ({ type }) => type === 'question.asked',
  ).length;

test('a fork after the answer takes it over: nobody is asked again', async () => {
  const { id } = await parentOf(approved, { outcome: 'Reject', text: 'Too long.' });
  const before = house.models.calls.length;
  const child = await fork(id, { rerun: ['t1/bin/0/think.1'] });
  expect(await house.closed(child.id)).toBe('completed');
  expect(await asks(child.id)).toBe(0);
  expect(house.models.calls.length - before).toBe(1);
  const step = (await house.steps(child.id)).find(({ path }) => path === 't1/ok/0/ask');
  expect(step).toMatchObject({ kind: 'person', state: 'completed', reusedFrom: 't1/ok/0/ask' });
});

test('a fork before the answer asks again, and the other way is gone', async () => {
  const { id, askedAt } = await parentOf(approved, { outcome: 'Reject' });
  const before = house.models.calls.length;
  const child = await fork(id, { atSeq: askedAt });
  await answer(child.id, { outcome: 'Approve' });
  expect(await house.closed(child.id)).toBe('completed');
  expect(house.models.calls.slice(before).map(({ prompt }) => /Do (\w+)/.exec(prompt)?.[1])).toEqual([
    'publish',
  ]);
});

test('what a person decided is not rewritten: a fork asks for it anew', async () => {
  const { id } = await parentOf(approved, { outcome: 'Reject' });
  await expect(fork(id, { answers: { 't1/ok/0/ask': 'Approve' } })).rejects.toThrow('not valid');
  const child = await fork(id, { rerun: ['t1/ok/0/ask'] });
  await answer(child.id, { outcome: 'Approve' });
  expect(await house.closed(child.id)).toBe('completed');
});

test('[1.2 human_input] a fork reads what was said of the same answer, and asks about another', async () => {
  const graph = crewOf({ tasks: [{ humanInput: true }, {}] });
  const { id } = await parentOf(graph, {});
  const before = house.models.calls.length;
  const same = await fork(id, { rerun: ['t1/t2/0/think.1'] });
  expect(await house.closed(same.id)).toBe('completed');
  expect(await asks(same.id)).toBe(0);
  expect(house.models.calls.length - before).toBe(1);

  house.models.script(() => ({ text: 'Something else.' }));
  const other = await fork(id, { rerun: ['t1/t1/0/think.1'] });
  await answer(other.id, {});
  expect(await house.closed(other.id)).toBe('completed');
});
