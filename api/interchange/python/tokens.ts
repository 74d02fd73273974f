import { readString } from './readString.ts';

/** A piece of Python text. */
export interface PyToken {
  readonly kind: 'name' | 'number' | 'text' | 'sign';
  /** As it is written; of a text, what it says. */
  readonly text: string;
  /** False for a text of which only running it would tell what it says: f-strings with fields, bytes. */
  readonly isPlain: boolean;
  readonly start: number;
  readonly end: number;
}

/** One statement, or the head of a compound one. Comments are gone, lines within brackets are joined. */
export interface PyLine {
  /** Columns before it. */
  readonly indent: number;
  readonly tokens: readonly PyToken[];
}

/**
 * Cuts Python text into statements, in time proportional to its length. Never fails: what is no Python becomes tokens
 * that nobody understands.
 */
export const readLines = (source: string): PyLine[] => new LineReader(source).read();

const SPACE = /[ \t\f\r]+|\\\r?\n|#[^\n]*/y;
const QUOTE = /([rbuft]{0,2})("""|'''|"|')/iy;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /\.?\d(?:[eE][+-](?=\d)|[\w.])*/y;
const SIGN = /->|:=|\*\*|\/\/|==|!=|<=|>=|./suy;
const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);
const TAB = 8;

class LineReader {
  readonly #source: string;
  readonly #lines: PyLine[] = [];
  #tokens: PyToken[] = [];
  #indent = 0;
  #depth = 0;
  #at = 0;
  #lineStart = 0;
  /** Whether a token was already seen in this line of the file. */
  #isInLine = false;

  constructor(source: string) {
    this.#source = source;
  }

  read(): PyLine[] {
    while (this.#at < this.#source.length) {
      if (this.#source[this.#at] === '\n') this.#newLine();
      else if (!this.#skipSpace() && !this.#string() && !this.#name()) this.#sign();
    }
    this.#endStatement();
    return this.#lines;
  }

  #match(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.#at;
    return form.exec(this.#source);
  }

  #newLine(): void {
    this.#at += 1;
    [this.#lineStart, this.#isInLine] = [this.#at, false];
    if (this.#depth === 0) this.#endStatement();
  }

  #endStatement(): void {
    if (this.#tokens.length > 0) this.#lines.push({ indent: this.#indent, tokens: this.#tokens });
    [this.#tokens, this.#depth] = [[], 0];
  }

  #skipSpace(): boolean {
    const space = this.#match(SPACE)?.[0] ?? '';
    this.#at += space.length;
    return space !== '';
  }

  #string(): boolean {
    const [opening, prefix = '', quote = ''] = this.#match(QUOTE) ?? [];
    if (opening === undefined) return false;
    const string = readString(this.#source, this.#at + opening.length, { prefix, quote });
    this.#add({ kind: 'text', ...string, start: this.#at });
    return true;
  }

  #name(): boolean {
    const name = this.#match(NAME)?.[0];
    if (name === undefined) return false;
    // Neither can stand within brackets, so one that is still open was never closed.
    if (this.#depth > 0 && !this.#isInLine && (name === 'def' || name === 'class')) this.#endStatement();
    this.#addWritten('name', name);
    return true;
  }

  #sign(): void {
    const number = this.#match(NUMBER)?.[0];
    const sign = number ?? this.#match(SIGN)?.[0] ?? '';
    if (OPENING.has(sign)) this.#depth += 1;
    if (CLOSING.has(sign)) this.#depth = Math.max(0, this.#depth - 1);
    if (sign !== ';' || this.#depth > 0) {
      this.#addWritten(number === undefined ? 'sign' : 'number', sign);
      return;
    }
    this.#at += 1;
    this.#endStatement();
  }

  #addWritten(kind: PyToken['kind'], text: string): void {
    this.#add({ kind, text, isPlain: true, start: this.#at, end: this.#at + text.length });
  }

  #add(token: PyToken): void {
    if (this.#tokens.length === 0 && !this.#isInLine) this.#indent = this.#columns();
    this.#tokens.push(token);
    [this.#at, this.#isInLine] = [token.end, true];
  }

  #columns(): number {
    let columns = 0;
    for (let at = this.#lineStart; at < this.#at; at += 1) {
      columns = this.#source[at] === '\t' ? columns + TAB - (columns % TAB) : columns + 1;
    }
    return columns;
  }
}
