import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inWorkspace } from '#api/database/connect.ts';
import { Ledger } from '#api/database/Ledger.ts';
import { buildQuestion, buildSimulation, removeMember, started } from '#api/testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '#api/testing/openTestApi.ts';
import type { StepPlace } from '#workflows/activities.ts';
import { testEnv } from '../../testing/testEnv.ts';
import { rememberedMail } from '../../tools/testing/toolsForTests.ts';
import { remind } from './remind.ts';

let api: TestApi;
let ledger: Ledger;
let ada: TestUser;
let place: StepPlace;
let questionId = '';
let mail = rememberedMail();

beforeAll(async () => {
  api = await openTestApi();
  ledger = new Ledger({ url: testEnv().databaseUrl, poolSize: 2 });
});
beforeEach(async () => {
  mail = rememberedMail();
  ada = await api.createUser('Ada', { isVerified: true });
  const simulation = await buildSimulation(api.database, { owner: ada, events: [started] });
  questionId = await buildQuestion(api.database, simulation, { deadlineMinutes: 60, reminderMinutes: 30 });
  place = { workspaceId: simulation.workspaceId, simulationId: simulation.id, epoch: 1, path: 't1/ok/0/ask' };
  await inWorkspace(api.database, place.workspaceId, (transaction) =>
    simulation.update({ createdBy: ada.user.id }, { transaction }),
  );
});
afterAll(async () => {
  await ledger.close();
  await api.close();
});

// What waits is told to Temporal by failing, which its logger finds worth a warning.
const logger = new DefaultLogger('ERROR');

/** As Temporal tries it, this often by now. */
const tryToRemind = (attempt: number): Promise<void> =>
  new MockActivityEnvironment({ attempt }, { logger }).run(() => remind({ ledger, mail }, place));

const change = (statement: string) =>
  inWorkspace(api.database, place.workspaceId, (transaction) =>
    api.database.query(statement, { bind: [questionId], transaction }),
  );
const held = expect.objectContaining({ type: 'workspace.stopped', nonRetryable: false });

describe('a reminder', () => {
  test('waits while the workspace is stopped, and goes out once when it goes on', async () => {
    await ada.trpc.workspaces.stop.mutate({ reason: 'Something is wrong' });
    for (const attempt of [1, 2]) await expect(tryToRemind(attempt)).rejects.toEqual(held);
    expect(mail.sent).toEqual([]);
    await ada.trpc.workspaces.allow.mutate();
    for (const attempt of [3, 4]) await tryToRemind(attempt);
    expect(mail.sent).toEqual([
      expect.objectContaining({ to: [ada.user.email], subject: 'Waiting for your answer: Publish' }),
    ]);
  });

  test.each([
    ['somebody has answered meanwhile', 'update questions set answered_at = now() where id = $1'],
    [
      'the deadline has passed meanwhile',
      `update questions set deadline_at = now() - interval '1 s' where id = $1`,
    ],
  ])('that was held back is let go when %s', async (_when, statement) => {
    await ada.trpc.workspaces.stop.mutate({ reason: 'Something is wrong' });
    await expect(tryToRemind(1)).rejects.toEqual(held);
    await change(statement);
    // Nothing waits for it any more, stopped or not.
    await tryToRemind(2);
    await ada.trpc.workspaces.allow.mutate();
    await tryToRemind(3);
    expect(mail.sent).toEqual([]);
  });

  test('is mailed to nobody who was taken out of the workspace: what is asked there is not theirs any more', async () => {
    await removeMember(api.database, { workspaceId: place.workspaceId, userId: ada.user.id });
    await tryToRemind(1);
    expect(mail.sent).toEqual([]);
  });
});
