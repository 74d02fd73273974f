/** Undefined for what cannot be read even with good will. */
const NOTHING = Symbol('nothing');
const DEEPEST = 100;
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['True', true],
  ['False', false],
  ['None', null],
  ['undefined', null],
]);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
]);

/**
 * JSON as models write it when they write it badly: in a fence, with single quotes or Python's words, names without
 * quotes, commas too many, comments, or without its end. Reads each character once.
 */
export function tolerantJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const start = text.search(/[{[]/);
    if (start < 0) return undefined;
    const value = new Reader(text, start).value(0);
    return value === NOTHING ? undefined : value;
  }
}

class Reader {
  readonly #text: string;
  #at: number;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  value(depth: number): unknown {
    this.#skip();
    const next = this.#text.charAt(this.#at);
    if (depth > DEEPEST) return NOTHING;
    if (next === '{') return this.#object(depth);
    if (next === '[') return this.#list(depth);
    if (next === '"' || next === "'") return this.#string(next);
    return this.#word();
  }

  #object(depth: number): unknown {
    const entries: [string, unknown][] = [];
    this.#at += 1;
    while (this.#more('}')) {
      const quote = this.#text.charAt(this.#at);
      const name = quote === '"' || quote === "'" ? this.#string(quote) : this.#name();
      this.#skip();
      if (this.#text.charAt(this.#at) !== ':') return NOTHING;
      this.#at += 1;
      const value = this.value(depth + 1);
      if (value === NOTHING) return NOTHING;
      entries.push([name, value]);
    }
    return Object.fromEntries(entries);
  }

  #list(depth: number): unknown {
    const values: unknown[] = [];
    this.#at += 1;
    while (this.#more(']')) {
      const value = this.value(depth + 1);
      if (value === NOTHING) return NOTHING;
      values.push(value);
    }
    return values;
  }

  /** Past commas; false at the end, which may be missing. */
  #more(end: string): boolean {
    this.#skip();
    while (this.#text.charAt(this.#at) === ',') {
      this.#at += 1;
      this.#skip();
    }
    if (this.#at >= this.#text.length) return false;
    if (this.#text.charAt(this.#at) !== end) return true;
    this.#at += 1;
    return false;
  }

  #string(quote: string): string {
    let value = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const next = this.#text.charAt(this.#at);
      if (next === quote) {
        this.#at += 1;
        return value;
      }
      value += next === '\\' ? this.#escaped() : next;
    }
    return value;
  }

  #escaped(): string {
    this.#at += 1;
    const next = this.#text.charAt(this.#at);
    const code = next === 'u' ? /^[0-9a-f]{4}/i.exec(this.#text.slice(this.#at + 1, this.#at + 5)) : null;
    if (!code) return ESCAPES.get(next) ?? next;
    this.#at += 4;
    return String.fromCharCode(Number.parseInt(code[0], 16));
  }

  #name(): string {
    const start = this.#at;
    while (this.#at < this.#text.length && /[\w$-]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  #word(): unknown {
    const start = this.#at;
    while (this.#at < this.#text.length && !',]}\n'.includes(this.#text.charAt(this.#at))) this.#at += 1;
    const word = this.#text.slice(start, this.#at).trim();
    if (word === '') return NOTHING;
    if (WORDS.has(word)) return WORDS.get(word);
    return Number.isFinite(Number(word)) ? Number(word) : word;
  }

  /** White space and comments. */
  #skip(): void {
    for (;;) {
      while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
      const isLine = this.#text.startsWith('//', this.#at) || this.#text.charAt(this.#at) === '#';
      const end = isLine ? '\n' : this.#text.startsWith('/*', this.#at) ? '*/' : null;
      if (end === null) return;
      const at = this.#text.indexOf(end, this.#at);
      this.#at = at < 0 ? this.#text.length : at + end.length;
    }
  }
}
