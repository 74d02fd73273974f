import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { canary, cleanups, openDoor, server, signal } from './testing/doors.ts';

describe('limits', () => {
  it('read no more than five megabytes, counted when unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(80 * 1024 * 1024, 'x'));
    const big = await server((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    });
    const answer = await openDoor(big.host).read({ url: big.url, signal });
    expect([answer.body.length, answer.isCut]).toEqual([5 * 1024 * 1024, true]);
  });

  it('stop an answer that never ends by hanging up', async () => {
    const closed = Promise.withResolvers<void>();
    const endless = await server((_, response) => {
      response.on('close', () => closed.resolve());
      const more = (): unknown => response.write(Buffer.alloc(65_536), () => !response.destroyed && more());
      more();
    });
    const answer = await openDoor(endless.host).read({ url: endless.url, maxBytes: 100_000, signal });
    expect([answer.body.length, answer.isCut]).toEqual([100_000, true]);
    await closed.promise;
  });

  it('end a request that takes too long, and say so', async () => {
    const silent = await server(() => undefined);
    const late = openDoor(silent.host).read({ url: silent.url, totalMs: 20, signal });
    await expect(late).rejects.toThrow('There was no whole answer in time.');
  });

  it('pass on that the caller cancelled', async () => {
    const abort = new AbortController();
    const silent = await server(() => abort.abort(new Error('cancelled')));
    const read = openDoor(silent.host).read({ url: silent.url, signal: abort.signal });
    await expect(read).rejects.toThrow('cancelled');
  });

  it('keep only so many headers of an answer', async () => {
    const many = await server((_, response) => {
      response
        .writeHead(200, Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`x-${n}`, 'y'])))
        .end();
    });
    const { headers } = await openDoor(many.host).read({ url: many.url, signal });
    expect([...headers]).toHaveLength(100);
  });

  it('say nothing of this network when a server is not there', async () => {
    const { port } = await canary();
    for (const clean of cleanups.splice(0)) await clean();
    const error = await openDoor(`127.0.0.1:${port}`)
      .read({ url: `http://127.0.0.1:${port}/`, signal })
      .catch((reason: Error) => reason);
    expect(error).toMatchObject({ name: 'EgressFailed', message: 'The server refused the connection.' });
  });
});
