import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { ArchiveEntry } from './ArchiveEntry.ts';

/** Writes a zip into a file of ours, one entry after the other. */
export async function writeArchive(entries: readonly ArchiveEntry[], file: string): Promise<void> {
  const zip = new ZipFile();
  const broken = Promise.withResolvers<never>();
  zip.on('error', (error: unknown) => broken.reject(error));
  for (const { path, read } of entries) {
    zip.addReadStreamLazy(path, (done) => {
      read().then(
        (stream) => {
          // An entry that breaks off must not become a whole archive that lacks the rest of it.
          stream.on('error', (error) => broken.reject(error));
          done(null, stream);
        },
        (error: unknown) => done(error, undefined as never),
      );
    });
  }
  zip.end();
  await Promise.race([
    pipeline(zip.outputStream, createWriteStream(file, { flags: 'wx', mode: 0o600 })),
    broken.promise,
  ]);
}
