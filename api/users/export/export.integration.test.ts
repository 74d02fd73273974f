import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromBufferPromise } from 'yauzl';
import { tend } from '../../caretaker/startCaretaker.ts';
import { buildCrew, buildSimulation, buildStep, started } from '../../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../../testing/openTestApi.ts';
import { uploadFile } from '../../testing/uploadFile.ts';

let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  ada = await api.createUser('Ada', { isVerified: true });
});
afterAll(() => api.close());

const download = (as: TestUser, id: string) =>
  fetch(`${api.url}/api/v1/users/me/exports/${id}/content`, {
    headers: { authorization: `Bearer ${as.token}` },
  });

/** Paths and texts of an archive. */
async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const zip = await fromBufferPromise(bytes);
  for await (const entry of zip.eachEntry()) {
    files.set(entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString());
  }
  return files;
}

describe('an export', () => {
  it('holds everything that is somebody’s and no secret, and its crews can be imported again', async () => {
    const crew = await buildCrew(api.database, { owner: ada, name: 'Facts' });
    const simulation = await buildSimulation(api.database, { owner: ada, crew, events: [started] });
    await buildStep(api.database, {
      simulation,
      path: 't1/t1/0/think.1',
      nodeId: 't1',
      answer: 'The answer.',
    });
    const file = await uploadFile(api, { as: ada, name: '../note.txt', text: 'A note.' });
    await ada.trpc.credentials.create.mutate({ name: 'Key', provider: 'openai', secret: 'sk-canary-of-ada' });
    const bob = await api.createUser('Bob', { isVerified: true });

    const asked = await api.rest('POST /users/me/exports', { as: ada });
    expect(asked).toMatchObject({ status: 202, body: { state: 'queued' } });
    const id = String(asked.body.id);
    expect((await download(ada, id)).status).toBe(404);
    await tend(api.services);
    expect((await api.rest('GET /users/me/exports', { as: ada })).body).toMatchObject({
      items: [{ id, state: 'ready' }],
    });
    expect((await download(bob, id)).status).toBe(404);
    const response = await download(ada, id);
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const files = await unzip(Buffer.from(await response.arrayBuffer()));

    expect(files.get(`own/files/${file.id}-note.txt`)).toBe('A note.');
    expect(JSON.parse(files.get('profile.json') ?? '')).toMatchObject({ email: ada.user.email });
    expect(files.get(`own/simulations/${simulation.id}/steps.json`)).toContain('The answer.');
    expect(JSON.parse(files.get(`own/simulations/${simulation.id}/events.json`) ?? '')).toMatchObject([
      { seq: 1, type: 'simulation.started' },
    ]);
    expect(files.get('own/credentials.json')).toContain('Key');
    expect([...files.values()].join()).not.toContain('sk-canary');

    const exported = files.get(`own/crews/${crew.id}.troupe.json`) ?? '';
    const again = await bob.trpc.crews.import.mutate({ format: 'troupe', files: { 'crew.json': exported } });
    expect(again.crew).toMatchObject({ name: 'Facts', graph: crew.graph });
  });

  it('is made once a day', async () => {
    const again = await api.rest('POST /users/me/exports', { as: ada });
    expect(again).toMatchObject({ status: 409, body: { code: 'export.tooSoon' } });
  });

  it('is told of by mail', async () => {
    const letters = (await api.services.mails.list()).filter(({ to }) => to === ada.user.email);
    expect(letters.map(({ subject }) => subject)).toEqual(['Your data is ready']);
  });

  it('is gone after a day', async () => {
    const { items } = await ada.trpc.users.exports.query();
    await api.database.transaction(async (transaction) => {
      await api.database.query(`select set_config('app.role', 'caretaker', true)`, { transaction });
      await api.database.query(
        `update account_exports set ready_at = now() - interval '25 hours' where user_id = $1`,
        { bind: [ada.user.id], transaction },
      );
    });
    await tend(api.services);
    expect((await ada.trpc.users.exports.query()).items).toEqual([]);
    expect((await download(ada, String(items[0]?.id))).status).toBe(404);
  });

  it('is nobody’s without a session', async () => {
    const response = await fetch(`${api.url}/api/v1/users/me/exports/${ada.user.id}/content`);
    expect(response.status).toBe(401);
  });
});
