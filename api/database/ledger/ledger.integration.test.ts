import { randomUUID } from 'node:crypto';
import { QueryTypes, Sequelize } from 'sequelize';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { StepInput } from '#workflows/activities.ts';
import type { NewEvent } from '#workflows/graph/eventSchema.ts';
import { emptyGraph } from '#workflows/graph/schema.ts';
import { connectDatabase, inWorkspace } from '../connect.ts';
import { Ledger } from '../Ledger.ts';
import { Crew } from '../models/Crew.ts';
import { CrewVersion } from '../models/CrewVersion.ts';
import { Simulation } from '../models/Simulation.ts';
import { Workspace } from '../models/Workspace.ts';
import { appendEvents } from './appendEvents.ts';
import { claimStep, type Fence, StepHeld, StepTaken } from './claimStep.ts';
import { Contents, loadTexts } from './contents.ts';
import { type Answer, storeAnswer, storeFailure } from './endStep.ts';
import { isStillOurs, renewLease } from './renewLease.ts';

let database: Sequelize;
let ledger: Ledger;
let owner: Sequelize;
beforeAll(() => {
  database = connectDatabase({ url: process.env.TEST_DATABASE_URL ?? '', poolSize: 20 });
  ledger = new Ledger({ url: process.env.TEST_DATABASE_URL ?? '', poolSize: 5 });
  owner = new Sequelize(process.env.TEST_DATABASE_OWNER_URL ?? '', { dialect: 'postgres', logging: false });
});
afterAll(async () => {
  await database.close();
  await ledger.close();
  await owner.close();
});

const PATH = 't1/a/0/think.1';
const first: Fence = { epoch: 1, attempt: 1 };
const second: Fence = { epoch: 1, attempt: 2 };

interface Place {
  readonly workspaceId: string;
  readonly simulationId: string;
}

async function buildSimulation(fields: { budgetMicros?: number } = {}): Promise<Place> {
  const [workspaceId, crewId, crewVersionId, simulationId] = [1, 2, 3, 4].map(() => randomUUID()) as [
    string,
    string,
    string,
    string,
  ];
  const plan = {
    version: 1,
    promptVersion: 1,
    process: 'sequential',
    inputs: [],
    agents: [],
    tasks: [],
  } as const;
  await inWorkspace(database, workspaceId, async (transaction) => {
    await Workspace.create({ id: workspaceId, name: 'Test' }, { transaction });
    await Crew.create({ id: crewId, workspaceId, name: 'Test', graph: emptyGraph }, { transaction });
    await CrewVersion.create(
      {
        id: crewVersionId,
        workspaceId,
        crewId,
        number: 1,
        hash: 'x',
        graph: emptyGraph,
        plan: { ...plan, inputs: [], agents: [], tasks: [] },
      },
      { transaction },
    );
    await Simulation.create(
      { id: simulationId, workspaceId, crewId, crewVersionId, title: 'Test', ...fields },
      { transaction },
    );
  });
  return { workspaceId, simulationId };
}

const stepOf = (place: Place, events: NewEvent[] = []): StepInput => ({
  ...place,
  epoch: 1,
  path: PATH,
  nodeId: 'a',
  priorAttempts: 0,
  events,
});

function claim(place: Place, fence: Fence, worstMicros = 100) {
  const contents = new Contents();
  return inWorkspace(database, place.workspaceId, (transaction) =>
    claimStep(transaction, {
      step: stepOf(place),
      fence,
      request: {
        kind: 'model',
        model: 'openai/gpt-4.1-mini',
        tool: null,
        request: {
          previousPath: null,
          toolPaths: [],
          added: [],
          tools: [],
          temperature: null,
          maxTokens: null,
        },
        requestHash: 'hash',
        worstMicros,
        contents,
      },
    }),
  );
}

const answerOf = (place: Place, fence: Fence, text = 'An answer'): Answer => ({
  ...place,
  epoch: fence.epoch,
  path: PATH,
  nodeId: 'a',
  kind: 'model',
  fence,
  text,
  toolCalls: [],
  finishReason: 'stop',
  inputTokens: 3,
  outputTokens: 2,
  costMicros: 40,
  durationMs: 5,
  outcome: { kind: 'answer', isEmpty: false },
  outputFile: null,
  closing: null,
});

/** The worker that held the step fell silent. */
const endLease = ({ simulationId }: Place) =>
  owner.query(`update steps set lease_at = now() - interval '10 seconds' where simulation_id = $1`, {
    bind: [simulationId],
  });

const select = <T extends object>(place: Place, sql: string): Promise<T[]> =>
  inWorkspace(database, place.workspaceId, (transaction) =>
    database.query<T>(sql, { bind: [place.simulationId], transaction, type: QueryTypes.SELECT }),
  );

const money = async (place: Place) =>
  (
    await select<{ spent_micros: number; reserved_micros: number }>(
      place,
      'select spent_micros, reserved_micros from simulations where id = $1',
    )
  )[0];

describe('a claim', () => {
  test('is refused while another worker holds the step, and given when it fell silent', async () => {
    const place = await buildSimulation();
    await claim(place, first);
    await expect(claim(place, second)).rejects.toThrow(StepTaken);
    await endLease(place);
    await claim(place, second);
    const calls = await select(
      place,
      'select attempt, state from calls where simulation_id = $1 order by attempt',
    );
    expect(calls).toEqual([
      { attempt: 1, state: 'unknown' },
      { attempt: 2, state: 'sent' },
    ]);
  });

  test('is refused to an attempt that is not later than the one that holds it', async () => {
    const place = await buildSimulation();
    await claim(place, second);
    await endLease(place);
    await expect(claim(place, first)).rejects.toThrow(StepTaken);
    await expect(claim(place, second)).rejects.toThrow(StepTaken);
  });

  test('is given to one of twenty that come at once', async () => {
    const place = await buildSimulation();
    const claims = Array.from({ length: 20 }, (_, index) => claim(place, { epoch: 1, attempt: index + 1 }));
    const ended = await Promise.allSettled(claims);
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await select(place, 'select path from calls where simulation_id = $1')).toHaveLength(1);
  });

  test.each(['pause', 'cancel'] as const)(
    'is held when people want a %s, and leaves nothing behind',
    async (wanted) => {
      const place = await buildSimulation();
      await select(
        place,
        `update simulations set wanted = '${wanted}', command_seq = 7 where id = $1 returning id`,
      );
      const refused = await claim(place, first).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(StepHeld);
      expect(refused).toMatchObject({ by: wanted, commandSeq: 7 });
      expect(await select(place, 'select path from steps where simulation_id = $1')).toEqual([]);
      expect(await select(place, 'select seq from events where simulation_id = $1')).toEqual([]);
    },
  );

  test('is held when it could go over the budget, counting what others have reserved', async () => {
    const place = await buildSimulation({ budgetMicros: 150 });
    await claim(place, first, 100);
    const other = { ...stepOf(place), path: 't1/b/0/think.1', nodeId: 'b' };
    const refused = await inWorkspace(database, place.workspaceId, (transaction) =>
      claimStep(transaction, {
        step: other,
        fence: first,
        request: {
          kind: 'model',
          model: null,
          tool: null,
          request: {
            previousPath: null,
            toolPaths: [],
            added: [],
            tools: [],
            temperature: null,
            maxTokens: null,
          },
          requestHash: 'hash',
          worstMicros: 100,
          contents: new Contents(),
        },
      }),
    ).catch((error: unknown) => error);
    expect(refused).toMatchObject({ by: 'budget' });
    await storeAnswer(ledger, answerOf(place, first));
    expect(await money(place)).toEqual({ spent_micros: 40, reserved_micros: 0 });
  });

  test('of a step whose request was lost counts that request as spent', async () => {
    const place = await buildSimulation();
    await claim(place, first, 100);
    await endLease(place);
    await claim(place, second, 100);
    await storeAnswer(ledger, answerOf(place, second));
    expect(await money(place)).toEqual({ spent_micros: 140, reserved_micros: 0 });
  });
});

describe('an answer', () => {
  test('of an attempt that was overtaken is refused, but its money is kept', async () => {
    const place = await buildSimulation();
    await claim(place, first);
    await endLease(place);
    await claim(place, second);
    expect(await storeAnswer(ledger, answerOf(place, first, 'too late'))).toBeNull();
    expect(await storeAnswer(ledger, answerOf(place, second))).not.toBeNull();
    const calls = await select(
      place,
      'select attempt, state, cost_micros from calls where simulation_id = $1 order by attempt',
    );
    expect(calls).toEqual([
      { attempt: 1, state: 'answered', cost_micros: 40 },
      { attempt: 2, state: 'answered', cost_micros: 40 },
    ]);
    const [step] = await select<{ response: { text: unknown } }>(
      place,
      'select response from steps where simulation_id = $1',
    );
    expect(step?.response.text).toEqual({ text: 'An answer' });
  });

  test('stored twice is there once', async () => {
    const place = await buildSimulation();
    await claim(place, first);
    await storeAnswer(ledger, answerOf(place, first));
    expect(await storeAnswer(ledger, answerOf(place, first))).toBeNull();
    const events = await select<{ type: string }>(
      place,
      'select type from events where simulation_id = $1 order by seq',
    );
    expect(events.map(({ type }) => type)).toEqual([
      'task.started',
      'step.started',
      'step.completed',
      'task.completed',
    ]);
  });

  test('V13: keeps every text that Postgres can hold, and cleans what it cannot', async () => {
    const place = await buildSimulation();
    await claim(place, first);
    const text = `NUL \u0000, half a pair \ud800, a whole one 😀, and enough words to be kept as a content of its own`;
    await storeAnswer(ledger, answerOf(place, first, text));
    const [step] = await select<{ response: { text: { ref: string } } }>(
      place,
      'select response from steps where simulation_id = $1',
    );
    const stored = step?.response.text ?? { text: '' };
    const read = await inWorkspace(database, place.workspaceId, (transaction) =>
      loadTexts(transaction, [stored]),
    );
    expect(read(stored)).toBe(
      'NUL , half a pair \ufffd, a whole one 😀, and enough words to be kept as a content of its own',
    );
  });
});

describe('a lease', () => {
  test('is renewed by its holder alone, with the text so far', async () => {
    const place = await buildSimulation();
    await claim(place, first);
    expect(await renewLease(ledger, { step: stepOf(place), fence: first, partial: 'half an' })).toBe('ours');
    expect(await renewLease(ledger, { step: stepOf(place), fence: second, partial: 'other' })).toBe('lost');
    expect(await select(place, 'select partial from steps where simulation_id = $1')).toEqual([
      { partial: 'half an' },
    ]);
  });

  test('is worth nothing once people want the simulation held', async () => {
    const place = await buildSimulation();
    await claim(place, first);
    expect(await isStillOurs(ledger, { step: stepOf(place), fence: first })).toBe(true);
    await select(place, `update simulations set wanted = 'pause' where id = $1 returning id`);
    expect(await isStillOurs(ledger, { step: stepOf(place), fence: first })).toBe(false);
  });
});

describe('a failure', () => {
  test('gives the reservation back and lets the next attempt in at once', async () => {
    const place = await buildSimulation();
    await claim(place, first);
    await storeFailure(ledger, {
      ...answerOf(place, first),
      failure: { code: 'model.unavailable', message: 'OpenAI does not answer.' },
      retryAt: new Date(),
      isCounted: true,
      isWaiting: false,
      isCancelled: false,
    });
    expect(await money(place)).toEqual({ spent_micros: 0, reserved_micros: 0 });
    expect(await claim(place, second)).toMatchObject({ outcome: null, countedCalls: 1 });
  });
});

describe('events', () => {
  test('are numbered without a gap when fifty come at once, each key once', async () => {
    const place = await buildSimulation();
    const append = (key: string) =>
      inWorkspace(database, place.workspaceId, (transaction) =>
        appendEvents(transaction, {
          ...place,
          events: [{ key, type: 'task.started', data: { nodeId: key } }],
        }),
      );
    await Promise.all(Array.from({ length: 50 }, (_, index) => append(`n${index}`)));
    expect(await append('n7')).toBeNull();
    const rows = await select<{ seq: number; key: string }>(
      place,
      'select seq, key from events where simulation_id = $1 order by seq',
    );
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(new Set(rows.map(({ key }) => key)).size).toBe(50);
  });

  test('of one statement happen in one instant, however many they are', async () => {
    const place = await buildSimulation();
    const events = Array.from({ length: 500 }, (_, index): NewEvent => {
      return { key: `n${index}`, type: 'task.started', data: { nodeId: `n${index}` } };
    });
    await inWorkspace(database, place.workspaceId, (transaction) =>
      appendEvents(transaction, { ...place, events }),
    );
    expect(
      await select(
        place,
        'select count(distinct at)::integer as instants from events where simulation_id = $1',
      ),
    ).toEqual([{ instants: 1 }]);
  });

  test('do not follow a closing one, whoever comes late', async () => {
    const place = await buildSimulation();
    const append = (event: NewEvent) =>
      inWorkspace(database, place.workspaceId, (transaction) =>
        appendEvents(transaction, { ...place, events: [event] }),
      );
    expect(await append({ key: 'c', type: 'simulation.cancelled', data: { by: null } })).toBe(1);
    expect(await append({ key: 'd', type: 'simulation.completed', data: { outputPath: null } })).toBeNull();
    expect(await append({ key: 't', type: 'task.started', data: { nodeId: 'a' } })).toBeNull();
    expect(await select(place, 'select status from simulations where id = $1')).toEqual([
      { status: 'cancelled' },
    ]);
  });

  test('after a failure only a retry follows', async () => {
    const place = await buildSimulation();
    const failure = { code: 'model.refusedKey', message: 'OpenAI refused the key.', path: PATH };
    const append = (event: NewEvent) =>
      inWorkspace(database, place.workspaceId, (transaction) =>
        appendEvents(transaction, { ...place, events: [event] }),
      );
    await append({ key: 'f', type: 'simulation.failed', data: { failure } });
    expect(await append({ key: 't', type: 'task.started', data: { nodeId: 'a' } })).toBeNull();
    expect(await append({ key: 'r', type: 'simulation.retried', data: { epoch: 2 } })).toBe(2);
    expect(await select(place, 'select status, failure from simulations where id = $1')).toEqual([
      { status: 'queued', failure: null },
    ]);
  });

  test('cannot be changed or removed by the application', async () => {
    const place = await buildSimulation();
    await claim(place, first);
    await expect(select(place, 'delete from events where simulation_id = $1 returning seq')).rejects.toThrow(
      'permission denied',
    );
    await expect(
      select(place, `update events set type = 'x' where simulation_id = $1 returning seq`),
    ).rejects.toThrow('permission denied');
  });
});
