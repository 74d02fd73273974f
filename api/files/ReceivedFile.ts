import { createHash, randomUUIDv7 } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../errors.ts';

/** The largest file that is taken, in bytes. */
export const MOST_FILE_BYTES = 25_000_000;

export const tooLarge = (): AppError =>
  new AppError('request.tooLarge', `A file may have ${MOST_FILE_BYTES / 1_000_000} MB at most.`);

interface Received {
  readonly path: string;
  readonly size: number;
  readonly sha256: Buffer;
}

/**
 * Bytes that somebody sent and that lie in a file of ours. Only `receive` makes one: no field of a request can pose as it
 * and name a file of this machine.
 */
export class ReceivedFile {
  readonly #received: Received;

  private constructor(received: Received) {
    this.#received = received;
  }

  /** Writes what comes into a file of its own in `spool`. Nothing is left of one that is too large or breaks off. */
  static async receive(bytes: Readable, spool: string): Promise<ReceivedFile> {
    await mkdir(spool, { recursive: true, mode: 0o700 });
    const path = join(spool, randomUUIDv7());
    const hash = createHash('sha256');
    let size = 0;
    const watch = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        hash.update(chunk);
        if (size > MOST_FILE_BYTES) done(tooLarge());
        else done(null, chunk);
      },
    });
    try {
      await pipeline(bytes, watch, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return new ReceivedFile({ path, size, sha256: hash.digest() });
  }

  get path(): string {
    return this.#received.path;
  }

  get size(): number {
    return this.#received.size;
  }

  get sha256(): Buffer {
    return this.#received.sha256;
  }

  /** Call it in the end, whatever became of it. */
  discard(): Promise<void> {
    return rm(this.#received.path, { force: true });
  }
}
