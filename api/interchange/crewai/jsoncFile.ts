import { parseJson } from '../parseJson.ts';
import { unreadable } from '../unreadable.ts';
import type { YamlMap } from './yamlFile.ts';

const MOST_CHARACTERS = 1_000_000;

/** Reads JSON with comments and trailing commas, as maps without a prototype. Empty when its top is no object. */
export function readJsonc(file: string, text: string): YamlMap {
  if (text.length > MOST_CHARACTERS) throw unreadable(file, 'it is larger than a crew can be');
  const value = toMaps(parseJson(file, plainJson(text)));
  return value instanceof Map ? value : new Map();
}

function toMaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toMaps);
  if (typeof value !== 'object' || value === null) return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, toMaps(item)]));
}

/** The same text as plain JSON: comments and trailing commas are spaces, so that every line stays where it was. */
export function plainJson(text: string): string {
  const pieces: string[] = [];
  /** Place of a comma after which only white space came. */
  let comma = -1;
  for (let at = 0; at < text.length; ) {
    const end = endOfPiece(text, at);
    const piece = text.slice(at, end);
    at = end;
    if (piece.startsWith('//') || piece.startsWith('/*')) {
      pieces.push(piece.replace(/[^\n]/g, ' '));
      continue;
    }
    if (comma >= 0 && (piece === '}' || piece === ']')) pieces[comma] = ' ';
    if (piece === ',') comma = pieces.length;
    else if (piece.trim() !== '') comma = -1;
    pieces.push(piece);
  }
  return pieces.join('');
}

/** A whole text, a whole comment, or one character. */
function endOfPiece(text: string, at: number): number {
  if (text[at] === '"') return endOfText(text, at + 1);
  if (text.startsWith('//', at)) return endOr(text.indexOf('\n', at), text);
  if (text.startsWith('/*', at)) return endOr(text.indexOf('*/', at + 2) + 2, text);
  return at + 1;
}

function endOfText(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

const endOr = (end: number, text: string) => (end < 2 ? text.length : end);
