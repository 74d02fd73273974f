import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace } from '../database/connect.ts';
import { StoredFile } from '../database/models/StoredFile.ts';
import { addMember } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { sendFile, uploadFile } from '../testing/uploadFile.ts';
import { MOST_FILE_BYTES } from './ReceivedFile.ts';

let api: TestApi;
let ada: TestUser;
let bob: TestUser;
beforeAll(async () => {
  api = await openTestApi();
  [ada, bob] = await Promise.all([api.createUser('Ada'), api.createUser('Bob')]);
});
afterAll(() => api.close());

const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

const download = (id: string, as: TestUser = ada) =>
  fetch(`${api.url}/api/v1/files/${id}/content`, { headers: { authorization: `Bearer ${as.token}` } });
const problem = async (response: Response) => {
  const { code } = (await response.json()) as { code: string };
  return { status: response.status, code };
};
const spooled = () => readdir(api.services.files.spool);

/** A request of which every byte is the test's. */
const post = (body: string, headers: Record<string, string>, as: TestUser | null = ada) =>
  fetch(`${api.url}/api/v1/files`, {
    method: 'POST',
    body,
    headers: { ...(as && { authorization: `Bearer ${as.token}` }), ...headers },
  });
const multipart = (parts: string) =>
  post(`${parts}--b--\r\n`, { 'content-type': 'multipart/form-data; boundary=b' });

/** A file that is still being sent. */
function openUpload(): ClientRequest {
  const upload = request(`${api.url}/api/v1/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'multipart/form-data; boundary=b' },
  });
  upload.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n');
  return upload;
}
async function statusOf(upload: ClientRequest): Promise<number | undefined> {
  const [response]: IncomingMessage[] = await once(upload, 'response');
  response?.resume();
  return response?.statusCode;
}

/** Those that are arriving count as well. */
const rowsOfAda = () =>
  inWorkspace(api.database, ada.workspace.id, (transaction) => StoredFile.count({ transaction }));

describe('files', () => {
  it('come back as they were sent, from where they were sent and to nobody else', async () => {
    const file = await uploadFile(api, {
      as: ada,
      name: 'Ideen für März.md',
      text: '# Märzideen',
      purpose: 'knowledge',
    });
    expect(file).toMatchObject({
      name: 'Ideen für März.md',
      mediaType: 'text/markdown',
      size: 12,
      purpose: 'knowledge',
    });
    const response = await download(file.id);
    expect(await response.text()).toBe('# Märzideen');
    expect(response.headers.get('content-disposition')).toContain('Ideen%20f%C3%BCr%20M%C3%A4rz.md');
    expect(await problem(await download(file.id, bob))).toEqual({ status: 404, code: 'notFound' });
    expect(await ada.trpc.files.list.query({ purpose: 'knowledge' })).toMatchObject({ items: [file] });
    expect(await bob.trpc.files.list.query({})).toEqual({ items: [], nextCursor: null });
    expect(await spooled()).toEqual([]);
  });

  it('go with their bytes when they are deleted', async () => {
    const { id } = await uploadFile(api, { as: ada });
    await ada.trpc.files.delete.mutate({ id });
    expect((await download(id)).status).toBe(404);
    const left = await readdir(`${dirname(api.services.files.spool)}`, { recursive: true });
    expect(left.filter((path) => path.includes(id))).toEqual([]);
  });

  it('are not taken from those who may only look', async () => {
    await addMember(api.database, { workspaceId: bob.workspace.id, userId: ada.user.id, role: 'viewer' });
    const response = await post('', {
      'troupe-workspace': bob.workspace.id,
      'content-type': 'multipart/form-data; boundary=b',
    });
    expect(await problem(response)).toEqual({ status: 403, code: 'workspace.forbidden' });
  });
});

describe('V42: a body that poses as a parsed upload', () => {
  it.each([
    [
      'application/json',
      '{"files":{"file":{"filepath":"/etc/passwd","originalFilename":"x","mimetype":"text/plain"}}}',
    ],
    ['application/x-www-form-urlencoded', 'file[filepath]=/etc/passwd'],
    ['text/plain', '/etc/passwd'],
  ])('is refused as %s', async (type, body) => {
    expect(await problem(await post(body, { 'content-type': type }))).toEqual({
      status: 415,
      code: 'request.unsupportedType',
    });
  });

  it('is refused as a field beside the file', async () => {
    const field = '--b\r\nContent-Disposition: form-data; name="filepath"\r\n\r\n/etc/passwd\r\n';
    expect(await problem(await multipart(field))).toEqual({ status: 400, code: 'request.invalid' });
    expect(await spooled()).toEqual([]);
  });
});

describe('V43: names and ids that are places', () => {
  it.each([
    '../../secret_key',
    '..%2f..%2fsecret_key',
    '%252e%252e%252fsecret_key',
    '/etc/passwd',
    'C:\\Windows\\win.ini',
    'a\u202etxt.exe',
    '..',
  ])('keep %j out of every path', async (name) => {
    const file = await uploadFile(api, { as: ada, name });
    expect(file.name).not.toMatch(/[/\\\0]/);
    const kept = await readdir(dirname(api.services.files.spool), { recursive: true });
    expect(kept).toContain(`${ada.workspace.id}/${file.id}`);
    expect(kept.every((path) => /^(incoming|[0-9a-f-]{36}(\/[0-9a-f-]{36})?)$/.test(path))).toBe(true);
  });

  it('are refused with a NUL in them', async () => {
    expect((await sendFile(api, { as: ada, name: 'a\u0000.txt' })).status).toBe(400);
  });

  it.each(['..%2f..%2fsecret_key', '%2e%2e%2fx', '..%5cx', '%00', 'x', `${randomUUIDv7()}%2f..`])(
    'find nothing at %s',
    async (id) => {
      expect((await download(id)).status).toBe(404);
    },
  );
});

describe('V44: files that are not what they say', () => {
  const SCRIPT = '<script>alert(1)</script>';
  it.each([
    ['picture.png', 'image/png', `<html>${SCRIPT}</html>`],
    ['drawing.svg', 'image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`],
    [
      'drawing.png',
      'image/png',
      `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`,
    ],
    ['page.html', 'text/html', `<!doctype html>${SCRIPT}`],
  ])('are texts: %s as %s', async (name, type, text) => {
    const file = await uploadFile(api, { as: ada, name, type, text });
    expect(file.mediaType).toBe('text/plain');
    const { headers } = await download(file.id);
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  });

  it('are known by their first bytes, whatever they are called', async () => {
    const file = await uploadFile(api, { as: ada, name: 'notes.txt', type: 'text/html', bytes: PNG });
    expect(file.mediaType).toBe('image/png');
  });

  it.each([
    ['a program', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0])],
    ['an archive', Uint8Array.from(Buffer.from('504b0506000000000000000000000000000000000000', 'hex'))],
    ['noise', Uint8Array.from(randomBytes(5_000))],
  ])('are refused when they are %s', async (_what, bytes) => {
    const response = await sendFile(api, { as: ada, name: 'a.txt', bytes });
    expect(await problem(response)).toEqual({ status: 415, code: 'file.unsupportedType' });
    expect(await spooled()).toEqual([]);
  });
});

describe('V48: uploads that are meant to hurt', () => {
  it('are refused to strangers before anything of them is read', async () => {
    expect(await problem(await sendFile(api, {}))).toEqual({ status: 401, code: 'session.required' });
  });

  it('end at 25 MB, announced or not', async () => {
    const bytes = new Uint8Array(MOST_FILE_BYTES + 1).fill(0x61);
    expect((await sendFile(api, { as: ada, bytes })).status).toBe(413);
    const upload = openUpload();
    for (let sent = 0; sent <= MOST_FILE_BYTES; sent += 1_000_000) upload.write(Buffer.alloc(1_000_000, 'a'));
    upload.end('\r\n--b--\r\n');
    expect(await statusOf(upload)).toBe(413);
    expect(await spooled()).toEqual([]);
  });

  it('stay within the quota of their workspace, however many come at once', async () => {
    const small = await openTestApi({ filesQuotaBytes: 3_000_000 });
    try {
      const eve = await small.createUser('Eve');
      const text = 'x'.repeat(1_000_000);
      const answers = await Promise.all(
        Array.from({ length: 6 }, async () => problem(await sendFile(small, { as: eve, text }))),
      );
      expect(answers.filter(({ status }) => status === 201).length).toBe(2);
      expect(answers).toContainEqual({ status: 413, code: 'file.quotaUsed' });
      const { items } = await eve.trpc.files.list.query({});
      expect(items).toHaveLength(2);
      // What was refused has left no place taken.
      await eve.trpc.files.delete.mutate({ id: items[0]?.id ?? '' });
      expect((await sendFile(small, { as: eve, text })).status).toBe(201);
    } finally {
      await small.close();
    }
  });

  it('with thousands of fields are refused, and the house goes on', async () => {
    const fields = Array.from(
      { length: 5_000 },
      (_, index) => `--b\r\nContent-Disposition: form-data; name="a${'[b]'.repeat(50)}${index}"\r\n\r\nx\r\n`,
    ).join('');
    expect(await problem(await multipart(fields))).toEqual({ status: 400, code: 'request.invalid' });
    expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
  });

  it.each([
    ['no file', ''],
    ['two files', '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n'.repeat(2)],
    [
      'a file under another name',
      '--b\r\nContent-Disposition: form-data; name="other"; filename="a"\r\n\r\nx\r\n',
    ],
    ['an unknown purpose', '--b\r\nContent-Disposition: form-data; name="purpose"\r\n\r\navatar\r\n'],
    ['broken headers', '--b\r\nnonsense\r\n\r\n'],
  ])('with %s are refused', async (_what, parts) => {
    expect(await problem(await multipart(parts))).toEqual({ status: 400, code: 'request.invalid' });
    expect(await spooled()).toEqual([]);
  });

  it('that break off leave nothing', async () => {
    const before = await rowsOfAda();
    const upload = openUpload();
    upload.write('abc');
    await expect.poll(spooled).toHaveLength(1);
    const broken = once(upload, 'error');
    upload.destroy(new Error('The sender is gone'));
    await broken;
    await expect.poll(spooled).toEqual([]);
    await expect.poll(rowsOfAda).toBe(before);
  });
});
