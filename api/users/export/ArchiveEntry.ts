import { Readable } from 'node:stream';

/** A file of an archive. It is made when its turn comes, so that no more than one is in memory. */
export interface ArchiveEntry {
  readonly path: string;
  read(): Promise<Readable>;
}

/** A JSON file of what `load` returns. */
export const jsonEntry = (path: string, load: () => Promise<unknown>): ArchiveEntry => ({
  path,
  read: async () => Readable.from([json(await load())]),
});

/** A JSON file of a list, an item at a time. */
export const listEntry = (path: string, items: () => AsyncIterable<unknown>): ArchiveEntry => ({
  path,
  read: async () => Readable.from(writeList(items())),
});

async function* writeList(items: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const item of items) {
    yield `${before}${JSON.stringify(item)}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
