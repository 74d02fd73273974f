import { randomUUIDv7 } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Simulation } from '../../database/models/Simulation.ts';
import {
  addMember,
  buildSimulation,
  buildStep,
  completed,
  removeMember,
  started,
} from '../../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../../testing/openTestApi.ts';
import type { Role } from '../../workspaces/policy.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
let ofAda: Simulation;
let ofBob: Simulation;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
  ofAda = await built(ada, 'Said by Ada’s crew, in more words than stand in a row. '.repeat(3));
  ofBob = await built(bob, 'Said by Bob’s crew, in more words than stand in a row. '.repeat(3));
});
afterEach(() => leave());
afterAll(() => api.close());

async function built(owner: TestUser, answer: string): Promise<Simulation> {
  const simulation = await buildSimulation(api.database, { owner, events: [started, completed] });
  await buildStep(api.database, { simulation, path: 't1/t1/0/think.1', nodeId: 't1', answer: 'The same.' });
  await buildStep(api.database, { simulation, path: 't1/t2/0/think.1', nodeId: 't2', answer });
  return simulation;
}

/** Bob becomes a member of Ada's workspace. */
const place = () => ({ workspaceId: ada.workspace.id, userId: bob.user.id });
const join = (role: Role) => addMember(api.database, { ...place(), role });
const leave = () => removeMember(api.database, place());

const compare = (id: string, other: string, headers: Record<string, string> = {}) =>
  api.rest(`GET /simulations/${id}/compare?with=${other}`, { as: bob, headers });

describe('simulations of two workspaces', () => {
  it('are compared for a member of both, each read where it is', async () => {
    await join('viewer');
    const { status, body } = await compare(ofBob.id, ofAda.id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      a: { id: ofBob.id, workspaceId: bob.workspace.id, steps: 2, totals: { modelCalls: 2 } },
      b: { id: ofAda.id, workspaceId: ada.workspace.id, steps: 2, totals: { modelCalls: 2 } },
      counts: { same: 1, different: 1, onlyA: 0, onlyB: 0 },
      firstDifference: 't1/t2/0/think.1',
      steps: [
        { nodeId: 't1', result: 'same' },
        {
          nodeId: 't2',
          a: { answer: expect.stringContaining('Bob’s crew') },
          b: { answer: expect.stringContaining('Ada’s crew') },
        },
      ],
    });
    // Either way round, and whichever of the two the request is about.
    expect((await compare(ofAda.id, ofBob.id)).body).toMatchObject({ a: { id: ofAda.id } });
    const there = { 'troupe-workspace': ada.workspace.id };
    expect((await compare(ofBob.id, ofAda.id, there)).body).toMatchObject(body);
  });

  it('are not there for who is a member of one alone: no more than any id', async () => {
    const answers = [
      await compare(ofBob.id, ofAda.id),
      await compare(ofBob.id, randomUUIDv7()),
      await compare(ofAda.id, ofBob.id),
      await compare(randomUUIDv7(), ofBob.id),
      await compare(ofAda.id, ofAda.id),
    ].map(({ status, body: { requestId: _, instance: __, ...body } }) => ({ status, body }));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 404, body: { code: 'notFound' } });
  });

  it('are gone again when the membership is', async () => {
    await join('viewer');
    expect((await compare(ofBob.id, ofAda.id)).status).toBe(200);
    await leave();
    expect((await compare(ofBob.id, ofAda.id)).status).toBe(404);
  });

  it('need an id of the other that is one', async () => {
    await join('viewer');
    for (const bad of ['x', '', `${ofAda.id}&tenantId=1`])
      expect(await compare(ofBob.id, bad)).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
    expect((await compare(randomUUIDv7(), 'x')).status).toBe(404);
  });
});
