import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileStore, type FileStoreEnv } from './createFileStore.ts';
import { FileGone, type FileStore } from './FileStore.ts';

let folder: string;
let server: Server;
let endpoint: string;
const objects = new Map<string, Buffer>();
const asked: { readonly line: string; readonly signature: string }[] = [];

/** As much of S3 as we ask of it, on loopback. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troupe-store-'));
  server = createServer(async (request, response) => {
    const { method, url = '', headers } = request;
    asked.push({ line: `${method} ${url.split('?')[0]}`, signature: headers.authorization ?? '' });
    const key = url.split('?')[0] ?? '';
    const body = await buffer(request);
    const found = objects.get(key);
    if (method === 'PUT') objects.set(key, body);
    if (method === 'DELETE') objects.delete(key);
    if (method === 'GET' && !found) {
      response.writeHead(404, { 'content-type': 'application/xml' });
      response.end('<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>No.</Message></Error>');
    } else response.writeHead(method === 'DELETE' ? 204 : 200).end(method === 'GET' ? found : undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

const settings = { S3_REGION: 'eu-central-1' } satisfies Partial<FileStoreEnv>;
const stores: Readonly<Record<string, () => FileStore>> = {
  folder: () => createFileStore({ ...settings, DATA_DIR: folder } as FileStoreEnv & { DATA_DIR: string }),
  bucket: () =>
    createFileStore({
      ...settings,
      DATA_DIR: folder,
      S3_BUCKET: 'troupe',
      S3_ENDPOINT: endpoint,
      S3_ACCESS_KEY_ID: 'key',
      S3_SECRET_ACCESS_KEY: 'secret',
    }),
};

describe.each(Object.keys(stores))('files in a %s', (kind) => {
  const open = () => stores[kind]?.() as FileStore;
  const key = () => ({ workspaceId: randomUUID(), id: randomUUID() });
  const put = async (where: ReturnType<typeof key>, content: string) => {
    const path = join(folder, randomUUID());
    await writeFile(path, content);
    await open().put(where, path);
  };

  it('come back as they went, may be put again, and are gone when deleted', async () => {
    const where = key();
    await put(where, 'first');
    await put(where, 'second');
    expect(await text(await open().read(where))).toBe('second');
    await open().delete(where);
    await open().delete(where);
    await expect(open().read(where)).rejects.toThrow(FileGone);
  });

  it('are kept under ids and nothing else', async () => {
    for (const id of ['../../secret_key', '/etc/passwd', 'a\0', '..%2fx', '']) {
      await expect(open().read({ workspaceId: randomUUID(), id })).rejects.toThrow('under ids alone');
      await expect(open().read({ workspaceId: id, id: randomUUID() })).rejects.toThrow('under ids alone');
    }
  });
});

it('objects are addressed by path and asked for with a signature', () => {
  expect(asked.length).toBeGreaterThan(4);
  for (const { line, signature } of asked) {
    expect(line).toMatch(/^(PUT|GET|DELETE) \/troupe\/[0-9a-f-]{36}\/[0-9a-f-]{36}$/);
    expect(signature).toMatch(/^AWS4-HMAC-SHA256 Credential=key\/\d+\/eu-central-1\/s3\/aws4_request/);
  }
});
