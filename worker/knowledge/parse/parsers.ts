import { parse as parseCsv } from 'csv-parse/sync';
import mammoth from 'mammoth';
import { getDocumentProxy } from 'unpdf';
import { checkZip } from './checkZip.ts';
import { MOST_PAGES, MOST_TEXT, ParseProblem } from './ParseProblem.ts';

type Parser = (file: Buffer) => string | Promise<string>;

/** One for each kind of file that can be read. They run in a process of their own: see `parseFile.ts`. */
const PARSERS = new Map<string, Parser>([
  ['text/plain', decode],
  ['text/markdown', decode],
  ['text/csv', (file) => readTable(file, ',')],
  ['text/tab-separated-values', (file) => readTable(file, '\t')],
  ['application/json', readJson],
  ['application/pdf', readPdf],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', readDocx],
]);

/** The text of a file. Throws ParseProblem when it has none that can be had. */
export async function parseBytes(file: Buffer, mediaType: string): Promise<string> {
  const parser = PARSERS.get(mediaType);
  if (!parser) throw new ParseProblem('source.unsupported');
  const text = clean(await parser(file));
  if (text === '') throw new ParseProblem('source.empty');
  if (text.length > MOST_TEXT) throw new ParseProblem('source.tooLong');
  return text;
}

/** Without what Postgres cannot store and without runs of empty lines. */
const clean = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

function decode(file: Buffer): string {
  return new TextDecoder('utf-8').decode(file);
}

/** Each row by the names of its columns, so that a passage in the middle of a table can be understood. */
function readTable(file: Buffer, delimiter: string): string {
  const rows = readRows(decode(file), delimiter);
  const [head = [], ...body] = rows;
  if (body.length === 0) return head.join('; ');
  return body
    .map((row) =>
      row
        .flatMap((cell, column) => (cell === '' ? [] : [`${head[column] || column + 1}: ${cell}`]))
        .join('; '),
    )
    .join('\n');
}

function readRows(text: string, delimiter: string): string[][] {
  try {
    return parseCsv(text, {
      // Europe's spreadsheets separate by semicolons and call it CSV all the same.
      delimiter:
        delimiter === ',' ? [',', ';'].toSorted((a, b) => count(text, b) - count(text, a))[0] : delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 1_000_000,
    });
  } catch {
    throw new ParseProblem('source.unreadable');
  }
}

/** In the first line. */
const count = (text: string, sign: string): number => (text.split('\n', 1)[0] ?? '').split(sign).length;

/** Each value with the way to it. Walks without recursion: nesting costs nothing to write down. */
function readJson(file: Buffer): string {
  const lines: string[] = [];
  let length = 0;
  const open: { readonly path: string; readonly value: unknown }[] = [{ path: '', value: parseJson(file) }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { path, value } = next;
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).reverse();
      for (const [key, inner] of entries)
        open.push({ path: path === '' ? key : `${path}.${key}`, value: inner });
    } else {
      const line = path === '' ? String(value) : `${path}: ${value}`;
      lines.push(line);
      length += line.length;
      if (length > MOST_TEXT) throw new ParseProblem('source.tooLong');
    }
  }
  return lines.join('\n');
}

function parseJson(file: Buffer): unknown {
  try {
    return JSON.parse(decode(file));
  } catch {
    throw new ParseProblem('source.unreadable');
  }
}

async function readPdf(file: Buffer): Promise<string> {
  const document = await openPdf(file);
  if (document.numPages > MOST_PAGES) throw new ParseProblem('source.tooManyPages');
  const pages: string[] = [];
  let length = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
    pages.push(text);
    length += text.length;
    if (length > MOST_TEXT) throw new ParseProblem('source.tooLong');
    page.cleanup();
  }
  return pages.join('\n\n');
}

async function openPdf(file: Buffer) {
  try {
    // No fonts or pictures from elsewhere.
    return await getDocumentProxy(new Uint8Array(file), { disableFontFace: true });
  } catch (error) {
    const isLocked = error instanceof Error && error.name === 'PasswordException';
    throw new ParseProblem(isLocked ? 'source.encrypted' : 'source.unreadable');
  }
}

async function readDocx(file: Buffer): Promise<string> {
  checkZip(file);
  try {
    return (await mammoth.extractRawText({ buffer: file })).value;
  } catch {
    throw new ParseProblem('source.unreadable');
  }
}
