import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileTypeFromFile } from 'file-type';

/** What is taken, by the first bytes. SVG is not among the pictures: it can hold scripts. */
const BY_BYTES = new Set([
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
]);

/** Kinds of text have no first bytes of their own; names tell them apart, and everything else is plain. */
const TEXTS = new Map([
  ['.csv', 'text/csv'],
  ['.json', 'application/json'],
  ['.markdown', 'text/markdown'],
  ['.md', 'text/markdown'],
  ['.tsv', 'text/tab-separated-values'],
]);

/**
 * What a file is, by what is in it. A page or a drawing that calls itself a picture is plain text here. Null for what is
 * neither text nor known.
 */
export async function mediaTypeOf(path: string, name: string): Promise<string | null> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  if (found && BY_BYTES.has(found.mime)) return found.mime;
  // XML begins with bytes of its own, and is text all the same.
  if (found && found.mime !== 'application/xml') return null;
  return (await isText(path)) ? (TEXTS.get(extname(name).toLowerCase()) ?? 'text/plain') : null;
}

const MOST_READ = 64 * 1024;

/** UTF-8 without characters that texts do not have, as far as is looked. */
async function isText(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_READ), 0, MOST_READ, 0);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead), {
      // The last character may be cut through.
      stream: bytesRead === MOST_READ,
    });
    return !/(?![\t\n\f\r])\p{Cc}/u.test(text);
  } catch {
    return false;
  } finally {
    await file.close();
  }
}
