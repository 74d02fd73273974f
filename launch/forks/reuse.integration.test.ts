import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { controlledCrew } from '#api/testing/controlledCrew.ts';
import { chain, diamond, toolDiamond } from '#workflows/graph/examples.ts';
import { ForkHouse, withModel } from './ForkHouse.ts';

let house: ForkHouse;
beforeAll(async () => {
  house = await ForkHouse.open();
});
afterEach(() => house.models.reset());
afterAll(() => house.close());

const firstStep = (nodeId: string) => `t1/${nodeId}/0/think.1`;

/** Of each step of a fork whether it was taken over, by node. */
async function reusedIn(id: string): Promise<Record<string, string>> {
  const steps = await house.steps(id);
  return Object.fromEntries(
    steps.map((step) => [
      step.path.replace(/^t1\/|\/0|think\./g, ''),
      step.isEdited ? 'edited' : step.reusedFrom === null ? 'paid' : 'reused',
    ]),
  );
}

describe('a moment or a step without an edit', () => {
  test('what follows the moment runs anew, though the answers are the same', async () => {
    const parent = await house.run(withModel(chain(4)));
    const { items } = await house.simulations.events.query({ id: parent });
    const at = items.find((event) => event.type === 'task.completed' && event.data.nodeId === 't2');
    const fork = await house.fork(parent, { atSeq: at?.seq ?? 0 });
    expect(fork).toMatchObject({ paid: 2, preview: { reused: 2, rerun: 2 } });
    expect(await reusedIn(fork.id)).toEqual({
      't1/1': 'reused',
      't2/1': 'reused',
      't3/1': 'paid',
      't4/1': 'paid',
    });
    expect(await house.fork(parent, { atSeq: 0 })).toMatchObject({ paid: 4, preview: { rerun: 4 } });
  });

  test('a step runs anew with all that comes after it, and nothing beside it', async () => {
    const parent = await house.run(withModel(diamond));
    const fork = await house.fork(parent, { fromPath: firstStep('left') });
    expect(fork).toMatchObject({ paid: 2, preview: { reused: 2, rerun: 2 } });
    expect(await reusedIn(fork.id)).toEqual({
      'start/1': 'reused',
      'left/1': 'paid',
      'right/1': 'reused',
      'join/1': 'paid',
    });
  });

  test('with an edit, what is asked the same is taken over after the moment too', async () => {
    const parent = await house.run(withModel(diamond));
    const edits = { tasks: { left: { description: 'Do left otherwise.' } } };
    expect(await house.fork(parent, { atSeq: 1, edits })).toMatchObject({ paid: 2, preview: { reused: 2 } });
  });

  test('what is named runs anew; what then reads another answer does too', async () => {
    const parent = await house.run(withModel(chain(3)));
    house.models.script((call) => ({ text: `Quite another answer, number ${call.n}.` }));
    const fork = await house.fork(parent, { rerun: [firstStep('t2')] });
    expect(fork).toMatchObject({ paid: 2, preview: { reused: 1, rerun: 2 } });
    const { items } = await house.simulations.tree.query({ id: fork.id });
    expect(items.at(-1)?.changed).toBe('t2 anew');
  });

  test('what is named and answers the same costs itself alone: the preview was the most', async () => {
    const parent = await house.run(withModel(chain(3)));
    const fork = await house.fork(parent, { rerun: [firstStep('t2')] });
    expect(fork).toMatchObject({ paid: 1, preview: { rerun: 2 } });
  });
});

describe('a moment with an edit', () => {
  const edits = { tasks: { right: { description: 'Do right otherwise.' } } };
  /** Number of the event with which a step ended. */
  const endOf = async (id: string, path: string): Promise<number> => {
    const { items } = await house.simulations.events.query({ id, limit: 1_000 });
    const end = items.find((event) => event.type === 'step.completed' && event.data.path === path);
    return end?.seq ?? expect.fail(`${path} has not ended`);
  };

  test('cuts the answers that people gave after it, and nothing that was paid', async () => {
    const parent = await house.run(withModel(diamond));
    const said = await house.fork(parent, { answers: { [firstStep('left')]: 'My own words.' } });
    const seq = await endOf(said.id, firstStep('left'));
    expect(await house.fork(said.id, { atSeq: seq, edits })).toMatchObject({
      paid: 2,
      preview: { reused: 1, rerun: 2, edited: 1 },
    });
    const before = await house.fork(said.id, { atSeq: seq - 1, edits });
    expect(before).toMatchObject({ paid: 3, preview: { reused: 1, rerun: 3, edited: 0 } });
    expect(await reusedIn(before.id)).toEqual({
      'start/1': 'reused',
      'left/1': 'paid',
      'right/1': 'paid',
      'join/1': 'paid',
    });
  });

  test('cuts results of tools that people gave after it, also where its turn is asked for anew', async () => {
    house.models.script((call) =>
      call.prompt.includes('Do left') && !/42|43/.test(call.prompt)
        ? { toolCalls: [{ name: 'calculator', arguments: { expression: '17 + 25' } }] }
        : undefined,
    );
    const path = 't1/left/0/think.1/tool.0';
    const parent = await house.run(withModel(toolDiamond));
    const said = await house.fork(parent, { answers: { [path]: '43, whatever they say' } });
    const atSeq = (await endOf(said.id, path)) - 1;
    const known = await house.fork(said.id, { atSeq, edits });
    expect(known.preview).toMatchObject({ reused: 2, edited: 0 });
    expect((await reusedIn(known.id))['left/1/tool.0']).toBe('paid');
    const asked = { edits: { tasks: { left: { description: 'Do left, please.' } } } };
    const anew = await house.fork(said.id, { atSeq, ...asked });
    expect((await reusedIn(anew.id))['left/1/tool.0']).toBe('paid');
    const later = await house.fork(said.id, { atSeq: atSeq + 1, ...asked });
    expect((await reusedIn(later.id))['left/1/tool.0']).toBe('edited');
  });
});

describe('an answer in somebody’s own words', () => {
  test('costs nothing, says so, and is read by all that follows', async () => {
    const parent = await house.run(withModel(diamond));
    const answers = { [firstStep('left')]: `${'What I found out by myself, at some length. '.repeat(5)}` };
    const fork = await house.fork(parent, { answers });
    expect(fork).toMatchObject({ paid: 1, preview: { reused: 2, rerun: 1, edited: 1 } });
    expect(fork.preview.steps).toContainEqual({
      path: firstStep('left'),
      nodeId: 'left',
      kind: 'person',
      reuse: false,
      edited: true,
    });
    expect(house.models.calls.at(-1)?.prompt).toContain('What I found out by myself');
    expect(await reusedIn(fork.id)).toEqual({
      'start/1': 'reused',
      'left/1': 'edited',
      'right/1': 'reused',
      'join/1': 'paid',
    });
    const view = await house.simulations.get.query({ id: fork.id });
    expect(view.totals).toMatchObject({ modelCalls: 1, reusedSteps: 2 });
    const step = await house.simulations.step.query({ id: fork.id, path: firstStep('left') });
    expect(step).toMatchObject({
      kind: 'person',
      isEdited: true,
      state: 'completed',
      costMicros: 0,
      reusedFrom: null,
      answer: answers[firstStep('left')],
      calls: [],
    });
    const { items } = await house.simulations.tree.query({ id: fork.id });
    expect(items.at(-1)?.changed).toBe('left’s answer');

    // It holds in forks of the fork, until its own task is told otherwise or it is to run anew.
    const again = await house.fork(fork.id, { edits: { tasks: { right: { description: 'Right!' } } } });
    expect(again).toMatchObject({ paid: 2, preview: { reused: 1, rerun: 2, edited: 1 } });
    const told = await house.fork(fork.id, { edits: { tasks: { left: { description: 'Left!' } } } });
    expect(told).toMatchObject({ paid: 2, preview: { reused: 2, rerun: 2, edited: 0 } });
    const anew = await house.fork(fork.id, { rerun: [firstStep('left')] });
    // Its answer is the model's again, and so is what was made of it: but only the first parent knows that one.
    expect(anew).toMatchObject({ paid: 2, preview: { reused: 2, rerun: 2, edited: 0 } });
  });

  test('stands although what its task reads is not known yet', async () => {
    const parent = await house.run(withModel(chain(3)));
    const fork = await house.fork(parent, {
      edits: { tasks: { t1: { description: 'Do t1 otherwise.' } } },
      answers: { [firstStep('t2')]: 'Never mind what t1 says.' },
    });
    expect(fork).toMatchObject({ ended: 'completed', paid: 2, preview: { reused: 0, rerun: 2, edited: 1 } });
    // The third waits for nobody: it may be asked before the first.
    expect(house.models.calls.slice(-2).some(({ prompt }) => prompt.includes('Never mind'))).toBe(true);
  });

  test('may be the last of all', async () => {
    const parent = await house.run(withModel(chain(2)));
    const fork = await house.fork(parent, { answers: { [firstStep('t2')]: 'The end.' } });
    expect(fork).toMatchObject({ paid: 0, preview: { reused: 1, rerun: 0, maxCostMicros: 0 } });
    expect((await house.simulations.get.query({ id: fork.id })).output).toBe('The end.');
  });
});

describe('a tool loop', () => {
  const script = () =>
    house.models.script((call) =>
      call.prompt.includes('Do left') && !/42|43/.test(call.prompt)
        ? { toolCalls: [{ name: 'calculator', arguments: { expression: '17 + 25' } }] }
        : undefined,
    );

  test('is counted turn by turn', async () => {
    script();
    const parent = await house.run(withModel(toolDiamond));
    const all = { paid: 0, preview: { reused: 6, rerun: 0 } };
    expect(await house.fork(parent)).toMatchObject(all);
    const told = await house.fork(parent, {
      edits: { tasks: { left: { description: 'Do left, please.' } } },
    });
    // Two turns and the join; the calculation was asked for again in the same words.
    expect(told).toMatchObject({ paid: 3, preview: { reused: 2, rerun: 4, modelCalls: 3 } });
    expect((await reusedIn(told.id))['left/1/tool.0']).toBe('reused');
    const second = await house.fork(parent, { fromPath: 't1/left/0/think.2' });
    expect(second).toMatchObject({ paid: 2, preview: { reused: 4, rerun: 2 } });
  });

  test('goes on from a result that a person gave', async () => {
    script();
    const parent = await house.run(withModel(toolDiamond));
    const answers = { 't1/left/0/think.1/tool.0': '43, whatever they say' };
    const fork = await house.fork(parent, { answers });
    expect(fork).toMatchObject({ paid: 2, preview: { reused: 3, rerun: 2, edited: 1 } });
    expect(house.models.calls.some(({ prompt }) => prompt.includes('43, whatever they say'))).toBe(true);
    // Also when its turn has to be asked for anew, as long as the same is asked of the tool.
    const told = await house.fork(parent, {
      answers,
      edits: { tasks: { left: { description: 'Do left, please.' } } },
    });
    expect(told).toMatchObject({ ended: 'completed', paid: 3 });
    expect((await reusedIn(told.id))['left/1/tool.0']).toBe('edited');
    // And in a fork of the fork.
    expect(await house.fork(fork.id)).toMatchObject({ paid: 0, preview: { reused: 5, edited: 1 } });
  });
});

describe('a crew that decides and repeats', () => {
  test('is previewed by what may ask otherwise, and pays no more', async () => {
    house.models.script((call) => ({
      text: call.prompt.includes('Do first.') ? '["tea","milk"]' : `answer ${call.n}`,
    }));
    const parent = await house.run(controlledCrew);
    const retell = (id: string) => ({ edits: { tasks: { [id]: { description: `Do ${id} otherwise.` } } } });
    expect(await house.fork(parent)).toMatchObject({ paid: 0, preview: { reused: 9, rerun: 0 } });
    const last = await house.fork(parent, retell('last'));
    expect(last).toMatchObject({ ended: 'completed', paid: 1, preview: { reused: 8, rerun: 1 } });
    // Both branches may come of another judgement; the one that came before comes again, and is asked the same.
    const judge = await house.fork(parent, retell('judge'));
    expect(judge).toMatchObject({ ended: 'completed', paid: 3, preview: { reused: 4, rerun: 6 } });
    // From a step inside the map: its item, and what comes after the map.
    const [path = ''] = (await house.steps(parent)).flatMap((step) =>
      step.nodeId === 'read' ? [step.path] : [],
    );
    const from = await house.fork(parent, { fromPath: path });
    expect(from).toMatchObject({ ended: 'completed', paid: 5, preview: { reused: 4, rerun: 6 } });
  });
});

describe('a verdict on an answer', () => {
  test('is a step like any other: run anew alone, or with all that follows it', async () => {
    house.models.script((call) =>
      call.prompt.includes('You check answers')
        ? { text: JSON.stringify({ valid: true, feedback: null }) }
        : undefined,
    );
    const graph = withModel({
      ...chain(2),
      nodes: chain(2).nodes.map((node) =>
        node.kind === 'task' && node.id === 't1'
          ? { ...node, data: { ...node.data, guardrails: [{ kind: 'model', instruction: 'It is polite.' }] } }
          : node,
      ),
    });
    const parent = await house.run(graph);
    const judge = 't1/t1/0/judge.1.1';
    expect((await house.steps(parent)).map(({ path }) => path)).toContain(judge);
    // The same verdict again: what follows is asked the same, and the preview was the most.
    const anew = await house.fork(parent, { rerun: [judge] });
    expect(anew).toMatchObject({ ended: 'completed', paid: 1, preview: { reused: 1, rerun: 2 } });
    const from = await house.fork(parent, { fromPath: judge });
    expect(from).toMatchObject({ ended: 'completed', paid: 2, preview: { reused: 1, rerun: 2 } });
  });
});

describe('a simulation that still runs', () => {
  test('is forked at once and left as it is', async () => {
    house.models.script((call) => (call.prompt.includes('Do t2.') ? { hold: 'before' } : undefined));
    const parent = await house.start(withModel(chain(3)));
    await house.models.until((calls) => calls.some(({ state }) => state === 'held'));
    const log = await house.log(parent);
    const fork = await house.fork(parent, { edits: { tasks: { t2: { description: 'Do t2 otherwise.' } } } });
    expect(fork).toMatchObject({ ended: 'completed', paid: 2, preview: { reused: 1, rerun: 2 } });
    expect(await house.log(parent)).toBe(log);
    house.models.release();
    expect(await house.closed(parent)).toBe('completed');
    expect((await house.log(parent)).startsWith(`${log}\n`)).toBe(true);
  });

  test('or has failed, goes on in the fork from where it failed', async () => {
    house.models.script((call) => (call.prompt.includes('Do t2.') ? { status: 400 } : undefined));
    const parent = await house.run(withModel(chain(3)));
    house.models.reset();
    const fork = await house.fork(parent);
    expect(fork).toMatchObject({ ended: 'completed', paid: 2, preview: { reused: 1, rerun: 2 } });
  });
});

describe('comparing', () => {
  test('aligns the steps, says what differs and where first', async () => {
    const parent = await house.run(withModel(diamond));
    const { id } = await house.fork(parent, { edits: { tasks: { left: { description: 'Left!' } } } });
    const compared = await house.simulations.compare.query({ id: parent, with: id });
    expect(compared).toMatchObject({
      a: { id: parent, status: 'completed', steps: 4, totals: { modelCalls: 4, reusedSteps: 0 } },
      b: { id, steps: 4, totals: { modelCalls: 2, reusedSteps: 2 } },
      changed: 'left’s description',
      counts: { same: 2, different: 2, onlyA: 0, onlyB: 0 },
      firstDifference: firstStep('left'),
    });
    expect(compared.steps.map((step) => [step.nodeId, step.result, step.isRequestSame])).toEqual([
      ['start', 'same', true],
      ['left', 'different', false],
      ['right', 'same', true],
      ['join', 'different', false],
    ]);
    const [start, left] = compared.steps;
    expect(start?.a?.answer).toBeNull();
    expect(left?.a?.answer).toMatch(/^Answer /);
    expect(left?.a?.answer).not.toBe(left?.b?.answer);
    const same = await house.simulations.compare.query({ id: parent, with: parent });
    expect(same).toMatchObject({ firstDifference: null, counts: { same: 4 }, changes: [] });
  });

  test('shows what only one of the two has, at its place', async () => {
    const [a, b] = [await house.run(withModel(chain(2))), await house.run(withModel(chain(3)))];
    const { steps, counts } = await house.simulations.compare.query({ id: a, with: b });
    expect(counts).toEqual({ same: 2, different: 0, onlyA: 0, onlyB: 1 });
    expect(steps.at(-1)).toMatchObject({ nodeId: 't3', name: 't3', result: 'onlyB', a: null });
  });
});
