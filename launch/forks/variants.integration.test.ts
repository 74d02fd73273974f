import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { chain, diamond } from '#workflows/graph/examples.ts';
import { ForkHouse, withModel } from './ForkHouse.ts';

let house: ForkHouse;
beforeAll(async () => {
  house = await ForkHouse.open();
});
afterEach(() => house.models.reset());
afterAll(() => house.close());

const path = 't1/left/0/think.1';

describe('variants of a step', () => {
  test('cost the calls of its task alone, stand side by side, and one goes on', async () => {
    // Each call is answered otherwise, as models do.
    house.models.script((call) => ({ text: `Answer number ${call.n} of ${call.model}.` }));
    const parent = await house.run(withModel(diamond));
    const before = house.models.calls.length;
    const variants = [
      { model: 'openai/gpt-4.1' },
      { temperature: 0 },
      { task: { description: 'Do it well.' } },
      {},
    ];
    const preview = await house.simulations.previewVariants.mutate({ id: parent, path, variants });
    expect(preview.items.map(({ modelCalls }) => modelCalls)).toEqual([1, 1, 1, 1]);
    expect(house.models.calls.length - before).toBe(0);
    const { items } = await house.simulations.startVariants.mutate({ id: parent, path, variants });
    for (const { id } of items) expect(await house.closed(id)).toBe('completed');
    expect(house.models.calls.length - before).toBe(4);

    const { original, items: made } = await house.simulations.variants.query({ id: parent, path });
    expect(original?.answer).toContain('Answer number');
    const inOrder = [...made].sort((a, b) => a.number - b.number);
    expect(inOrder.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
    expect(inOrder.map(({ changed, totals, status }) => [changed, totals.modelCalls, status])).toEqual([
      ['Worker’s model', 1, 'completed'],
      ['Worker’s temperature', 1, 'completed'],
      ['left’s description', 1, 'completed'],
      ['', 1, 'completed'],
    ]);
    expect(inOrder[0]?.answer).toContain('of gpt-4.1.');
    expect(new Set(inOrder.map(({ answer }) => answer)).size).toBe(4);
    expect(preview.modelCalls).toBe(4);
    const paid = inOrder.map(({ totals }) => totals.costMicros);
    for (const [place, { maxCostMicros }] of preview.items.entries())
      expect(maxCostMicros).toBeGreaterThanOrEqual(paid[place] ?? Number.NaN);
    expect(preview.maxCostMicros).toBe(preview.items.reduce((sum, one) => sum + (one.maxCostMicros ?? 0), 0));

    const keep = { id: parent, variantId: items[0]?.id ?? '' };
    const kept = await house.simulations.keepVariant.mutate(keep);
    expect(await house.closed(kept.id)).toBe('completed');
    // The join, which reads the chosen answer, and nothing else.
    expect(house.models.calls.length - before).toBe(5);
    expect(house.models.calls.at(-1)?.prompt).toContain(inOrder[0]?.answer);
    expect(await house.simulations.keepVariant.mutate(keep)).toEqual(kept);
    const after = await house.simulations.variants.query({ id: parent });
    expect(after.items.map(({ id, continuedIn }) => [id === keep.variantId, continuedIn])).toEqual(
      after.items.map(({ id }) => (id === keep.variantId ? [true, kept.id] : [false, null])),
    );
    const { items: family } = await house.simulations.tree.query({ id: kept.id });
    expect(family.map(({ purpose }) => purpose).sort()).toEqual(
      [null, 'kept', 'variant', 'variant', 'variant', 'variant'].sort(),
    );
  });

  test('keeping one cancels those that still run', async () => {
    const parent = await house.run(withModel(chain(3)));
    house.models.script((call) => (call.model === 'gpt-4.1' ? { hold: 'before' } : undefined));
    const { items } = await house.simulations.startVariants.mutate({
      id: parent,
      path: 't1/t2/0/think.1',
      variants: [{ temperature: 0.5 }, { model: 'openai/gpt-4.1' }],
    });
    const [quick, slow] = items.map(({ id }) => id);
    if (!quick || !slow) throw new Error('Two were asked for');
    expect(await house.closed(quick)).toBe('completed');
    await house.models.until((calls) => calls.some(({ state }) => state === 'held'));
    await expect(house.simulations.keepVariant.mutate({ id: parent, variantId: slow })).rejects.toMatchObject(
      {
        data: { code: 'simulation.notCompleted' },
      },
    );
    const kept = await house.simulations.keepVariant.mutate({ id: parent, variantId: quick });
    expect(await house.closed(slow)).toBe('cancelled');
    expect(await house.closed(kept.id)).toBe('completed');
  });
});

describe('moving', () => {
  test('a failed simulation goes on with the crew as it is now, and both say so', async () => {
    house.models.script((call) => (call.prompt.includes('Do t2.') ? { status: 400 } : undefined));
    const old = await house.run(withModel(chain(3)));
    const failed = await house.simulations.get.query({ id: old });
    expect(failed.status).toBe('failed');
    const crew = await house.user.trpc.crews.get.query({ id: failed.crewId });
    const graph = {
      ...crew.graph,
      nodes: crew.graph.nodes.map((node) =>
        node.kind === 'task' && node.id === 't2'
          ? { ...node, data: { ...node.data, description: 'Do t2 in another way.' } }
          : node,
      ),
    };
    await house.user.trpc.crews.save.mutate({ id: crew.id, graph, graphVersion: crew.graphVersion });
    const before = house.models.calls.length;
    const moved = await house.simulations.move.mutate({ id: old });
    expect(await house.closed(moved.id)).toBe('completed');
    expect(house.models.calls.length - before).toBe(2);
    expect(await house.simulations.move.mutate({ id: old })).toEqual(moved);
    expect(await house.simulations.get.query({ id: old })).toMatchObject({
      status: 'failed',
      continuedIn: moved.id,
    });
    expect(await house.simulations.get.query({ id: moved.id })).toMatchObject({
      forkedFrom: old,
      origin: { purpose: 'moved', sideEffects: 'send' },
    });
  });

  test('a paused one is cancelled and its fork goes on, one that runs is refused', async () => {
    house.models.script((call) => (call.prompt.includes('Do t2.') ? { hold: 'before' } : undefined));
    const old = await house.start(withModel(chain(3)));
    await house.models.until((calls) => calls.some(({ state }) => state === 'held'));
    await expect(house.simulations.move.mutate({ id: old })).rejects.toMatchObject({
      data: { code: 'simulation.running', httpStatus: 409 },
    });
    await house.simulations.pause.mutate({ id: old });
    house.models.release();
    await house.event(old, ({ type }) => type === 'simulation.paused');
    const before = house.models.calls.length;
    const moved = await house.simulations.move.mutate({ id: old });
    expect(await house.closed(old)).toBe('cancelled');
    expect(await house.closed(moved.id)).toBe('completed');
    expect(house.models.calls.length - before).toBe(1);
    await expect(house.simulations.move.mutate({ id: moved.id })).rejects.toMatchObject({
      data: { code: 'simulation.closed' },
    });
  });
});
