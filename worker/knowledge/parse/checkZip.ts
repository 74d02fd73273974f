import { inflateRawSync } from 'node:zlib';
import { ParseProblem } from './ParseProblem.ts';

/** All that an archive may unpack to. A file has 25 MB at most, pictures in it hardly shrink, and text by a factor of ten. */
const MOST_BYTES = 150_000_000;
const MOST_ENTRIES = 5_000;

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * Refuses an archive that unpacks to too much, by unpacking it within that limit: what it says of itself is no promise.
 * Entries that lie over each other count each for itself. Libraries would unpack it into memory without a limit.
 */
export function checkZip(archive: Buffer): void {
  let left = MOST_BYTES;
  for (const { method, bytes } of entriesOf(archive)) {
    left -= unpackedSize(bytes, method, left);
    if (left <= 0) throw new ParseProblem('source.bomb');
  }
}

interface Entry {
  readonly method: number;
  readonly bytes: Buffer;
}

function* entriesOf(archive: Buffer): Generator<Entry> {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.length < end + 22 || archive.readUInt32LE(end) !== END) throw unreadable();
  const count = archive.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw new ParseProblem('source.bomb');
  let at = archive.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== CENTRAL) throw unreadable();
    yield readEntry(archive, at);
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

function readEntry(archive: Buffer, at: number): Entry {
  const isEncrypted = (archive.readUInt16LE(at + 8) & 1) === 1;
  if (isEncrypted) throw new ParseProblem('source.encrypted');
  const local = archive.readUInt32LE(at + 42);
  if (local + 30 > archive.length || archive.readUInt32LE(local) !== LOCAL) throw unreadable();
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const size = archive.readUInt32LE(at + 20);
  return { method: archive.readUInt16LE(at + 10), bytes: archive.subarray(start, start + size) };
}

function unpackedSize(bytes: Buffer, method: number, most: number): number {
  if (method === STORED) return bytes.length;
  if (method !== DEFLATED) throw unreadable();
  try {
    return inflateRawSync(bytes, { maxOutputLength: most }).length;
  } catch (error) {
    const isTooMuch = error instanceof RangeError;
    throw isTooMuch ? new ParseProblem('source.bomb') : unreadable();
  }
}

const unreadable = (): ParseProblem => new ParseProblem('source.unreadable');
