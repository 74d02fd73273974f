export interface PyQuote {
  /** The letters before it, such as `r` or `f`. */
  readonly prefix: string;
  readonly quote: string;
}

export interface PyString {
  readonly text: string;
  /** False when only running it would tell what it says. */
  readonly isPlain: boolean;
  /** Where the source goes on. */
  readonly end: number;
}

/** Reads a string literal from behind its opening quote. One that is never closed ends with its line, or the file. */
export function readString(source: string, from: number, { prefix, quote }: PyQuote): PyString {
  const letters = prefix.toLowerCase();
  const close = findClose(source, from, quote);
  const written = source.slice(from, close);
  const end = source.startsWith(quote, close) ? close + quote.length : close;
  const plain = letters.includes('r') ? written : unescapePython(written);
  if (letters.includes('b')) return { text: plain, isPlain: false, end };
  if (!/[ft]/.test(letters)) return { text: plain, isPlain: true, end };
  const withoutFields = plain.replace(/\{\{|\}\}/g, '');
  return { text: plain.replace(/([{}])\1/g, '$1'), isPlain: !/[{}]/.test(withoutFields), end };
}

function findClose(source: string, from: number, quote: string): number {
  const isLong = quote.length === 3;
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '\n' && !isLong) return at;
    else if (source.startsWith(quote, at)) return at;
  }
  return source.length;
}

const ESCAPES = /\\(\n|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|.)/gs;
const LETTERS = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
]);

/** As Python does it: what is no escape stays as it is, with its backslash. */
function unescapePython(written: string): string {
  if (!written.includes('\\')) return written;
  return written.replace(ESCAPES, (whole, code: string) => {
    if (code === '\n') return '';
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
    if (code.length > 1) return character(Number.parseInt(code.slice(1), 16)) ?? whole;
    return LETTERS.get(code) ?? whole;
  });
}

const character = (code: number): string | undefined =>
  code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
