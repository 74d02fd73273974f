import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MOST_TEXT } from './ParseProblem.ts';
import { parseFile } from './parseFile.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const document = (name: string) => readFile(new URL(`../../testing/documents/${name}`, import.meta.url));
const parse = (text: string, mediaType: string) => parseFile(Buffer.from(text), mediaType);
const refusal = (
  bytes: Uint8Array,
  mediaType: string,
  limits?: { milliseconds: number; megabytes: number },
) => parseFile(bytes, mediaType, { limits }).catch((error: { code?: unknown }) => error.code);

describe('a file is read', () => {
  it('as PDF, page by page', async () => {
    const text = await parseFile(await document('handbook.pdf'), 'application/pdf');
    expect(text).toContain('The trapdoor of the great stage carries at most 240 kilograms.');
    expect(text.indexOf('Fire safety')).toBeLessThan(text.indexOf('Costumes'));
  });

  it('as DOCX, with what stands in tables', async () => {
    const text = await parseFile(await document('contract.docx'), DOCX);
    expect(text).toContain('A deposit of 4,200 euros is due on the twelfth of March');
    expect(text).toContain('Fog machine');
  });

  it('as CSV, each row by the names of its columns', async () => {
    expect(await parse('\uFEFFname,price\r\n"Spot, follow",45\r\nFog,30,extra\r\n', 'text/csv')).toBe(
      'name: Spot, follow; price: 45\nname: Fog; price: 30; 3: extra',
    );
    expect(await parse('name;price\nSpot;45,50\n', 'text/csv')).toBe('name: Spot; price: 45,50');
  });

  it('as JSON, each value with the way to it', async () => {
    expect(await parse('{"a":{"b":[1,"two",null]},"c":true}', 'application/json')).toBe(
      'a.b.0: 1\na.b.1: two\na.b.2: null\nc: true',
    );
  });

  it('as text, without what cannot be stored', async () => {
    expect(await parse('One  \r\n\r\n\r\n\r\ntwo\0\n', 'text/plain')).toBe('One\n\ntwo');
  });
});

describe('a file is refused', () => {
  it.each([
    ['empty', '', 'text/plain', 'source.empty'],
    ['white space', ' \n \n', 'text/markdown', 'source.empty'],
    ['no PDF', 'hello', 'application/pdf', 'source.unreadable'],
    ['no archive', 'hello', DOCX, 'source.unreadable'],
    ['broken JSON', '{', 'application/json', 'source.unreadable'],
    ['a picture', 'x', 'image/png', 'source.unsupported'],
    ['too long', 'x'.repeat(MOST_TEXT + 1), 'text/plain', 'source.tooLong'],
  ])('that is %s', async (_what, text, mediaType, code) => {
    expect(await refusal(Buffer.from(text), mediaType)).toBe(code);
  });

  it('that is nested half a million levels deep only if it has no text', async () => {
    const deep = `${'['.repeat(100_000)}"fact"${']'.repeat(100_000)}`;
    expect(await refusal(Buffer.from(deep), 'application/json')).toContain('fact');
  });

  it('that unpacks to gigabytes, whatever it says of its size', async () => {
    const zeros = deflateRawSync(Buffer.alloc(60_000_000));
    expect(zeros.length).toBeLessThan(100_000);
    // Three entries that share the same bytes, each of which claims to be small.
    expect(await refusal(zipOf([zeros, zeros, zeros]), DOCX)).toBe('source.bomb');
  });

  it('that takes too long, and the parser is gone', async () => {
    const endless = Buffer.from(`a,b\n${'"x"",y\n'.repeat(400_000)}`);
    expect(await refusal(endless, 'text/csv', { milliseconds: 1, megabytes: 500 })).toBe('source.tooSlow');
  });

  it('that takes too much memory', async () => {
    expect(
      await refusal(Buffer.alloc(24_000_000, 'a'), 'text/plain', { milliseconds: 60_000, megabytes: 40 }),
    ).toBe('source.tooHungry');
  });

  it('when nobody waits for it any more', async () => {
    const gone = new AbortController();
    const parsing = parseFile(Buffer.from('text'), 'text/plain', { signal: gone.signal });
    gone.abort(new Error('cancelled'));
    await expect(parsing).rejects.toThrow('cancelled');
  });
});

/** An archive whose directory names the given deflated bytes as entries, each said to unpack to 10 bytes. */
function zipOf(entries: readonly Buffer[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const bytes of entries) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt32LE(10, 22);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(bytes.length, 20);
    central.writeUInt32LE(10, 24);
    central.writeUInt32LE(offset, 42);
    files.push(local, bytes);
    directory.push(central);
    offset += local.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, ...directory, end]);
}
