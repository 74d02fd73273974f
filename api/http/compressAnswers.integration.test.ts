import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCrew, buildSimulation, started } from '../testing/build.ts';
import { openTestApi, type TestApi, type TestUser } from '../testing/openTestApi.ts';
import { uploadFile } from '../testing/uploadFile.ts';

const SCRIPT = `export const text = '${'curtain '.repeat(1_000)}';`;

let folder: string;
let api: TestApi;
let ada: TestUser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'studio-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), `<!doctype html><!--${'x'.repeat(2_000)}-->`);
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), SCRIPT);
  writeFileSync(join(folder, 'assets', 'small-abc123.js'), 'export {};');
  api = await openTestApi({ studioFolder: folder });
  ada = await api.createUser('Ada');
});
afterAll(async () => {
  await api.close();
  rmSync(folder, { recursive: true });
});

/** `fetch` unpacks what it gets; this shows what was sent. */
async function get(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const { hostname, port } = new URL(api.url);
  const sent = request({ hostname, port, path, headers: { 'accept-encoding': 'gzip', ...headers } });
  sent.end();
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (!response) throw new Error('There was no response');
  return response;
}

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await response.toArray());
}

describe('an answer', () => {
  it('of more than a kilobyte is compressed, through every face', async () => {
    const authorization = `Bearer ${ada.token}`;
    const { id } = await buildCrew(api.database, { owner: ada });
    const input = encodeURIComponent(JSON.stringify({ id }));
    for (const path of [
      '/api/v1/openapi.json',
      `/api/v1/crews/${id}`,
      `/trpc/crews.get?input=${input}`,
      '/crews/1',
    ]) {
      const response = await get(path, { authorization });
      expect({ path, encoding: response.headers['content-encoding'] }).toEqual({ path, encoding: 'gzip' });
      expect(response.headers.vary).toMatch(/accept-encoding/i);
      expect(gunzipSync(await bytesOf(response)).length).toBeGreaterThan(1_000);
    }
  });

  it('that is short is left as it is', async () => {
    const authorization = `Bearer ${ada.token}`;
    for (const path of ['/trpc/users.me', '/api/v1/crews', '/health/live', '/assets/small-abc123.js']) {
      const response = await get(path, { authorization });
      expect({ path, encoding: response.headers['content-encoding'] }).toEqual({ path, encoding: undefined });
      await bytesOf(response);
    }
  });

  it('is compressed as the caller can read it, and not at all for who cannot', async () => {
    const path = '/assets/index-abc123.js';
    const brotli = await get(path, { 'accept-encoding': 'gzip, deflate, br' });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(await bytesOf(brotli)).toString()).toBe(SCRIPT);
    const plain = await get(path, { 'accept-encoding': 'identity' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect((await bytesOf(plain)).toString()).toBe(SCRIPT);
  });

  it('that is somebody’s file leaves as it lies', async () => {
    const text = 'curtain '.repeat(1_000);
    const { id } = await uploadFile(api, { as: ada, text });
    const response = await get(`/api/v1/files/${id}/content`, {
      authorization: `Bearer ${ada.token}`,
    });
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(response.headers['content-length']).toBe(String(text.length));
    expect((await bytesOf(response)).toString()).toBe(text);
  });
});

describe('a stream of events', () => {
  it.each([
    ['REST', (id: string) => `/api/v1/simulations/${id}/events`],
    ['tRPC', (id: string) => `/trpc/simulations.follow?input=${encodeURIComponent(JSON.stringify({ id }))}`],
  ])('is never compressed: through %s an event arrives while the stream goes on', async (_face, pathOf) => {
    const { id } = await buildSimulation(api.database, { owner: ada, events: [started] });
    const response = await get(pathOf(id), {
      authorization: `Bearer ${ada.token}`,
      accept: 'text/event-stream',
      'accept-encoding': 'gzip, deflate, br',
    });
    expect(response.headers['content-type']).toMatch(/^text\/event-stream/);
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(response.headers['cache-control']).toBe('no-store, no-transform');
    let text = '';
    while (!text.includes('data: {')) {
      const [piece]: unknown[] = await once(response, 'data');
      text += String(piece);
    }
    expect(response.complete).toBe(false);
    response.destroy();
  });
});
