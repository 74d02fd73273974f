import type { PyToken } from './tokens.ts';

/** An annotation: `str`, `list[Part]`, `int | None`, `Literal["a", "b"]`. */
export type PyType =
  /** By its last name: `Optional` of `typing.Optional`. */
  | { readonly kind: 'named'; readonly name: string; readonly given: readonly PyType[] }
  | { readonly kind: 'union'; readonly of: readonly PyType[] }
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'unknown' };

const MOST_LEVELS = 20;
const UNKNOWN: PyType = { kind: 'unknown' };

/** Reads the annotation that these tokens are; `unknown` when it is anything but names, brackets and literals. */
export function readType(tokens: readonly PyToken[]): PyType {
  const reader = new TypeReader(tokens);
  const type = reader.union(0);
  return reader.isAtEnd ? type : UNKNOWN;
}

class TypeReader {
  readonly #tokens: readonly PyToken[];
  #place = 0;

  constructor(tokens: readonly PyToken[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#place >= this.#tokens.length;
  }

  union(level: number): PyType {
    const of = [this.#single(level)];
    while (this.#take('|')) of.push(this.#single(level));
    const [only] = of;
    return of.length === 1 && only ? only : { kind: 'union', of };
  }

  #take(sign: string): boolean {
    const token = this.#tokens[this.#place];
    const isThere = token?.kind === 'sign' && token.text === sign;
    if (isThere) this.#place += 1;
    return isThere;
  }

  #single(level: number): PyType {
    const token = this.#tokens[this.#place];
    if (!token || level > MOST_LEVELS) return UNKNOWN;
    this.#place += 1;
    if (token.kind === 'text') return token.isPlain ? { kind: 'literal', value: token.text } : UNKNOWN;
    if (token.kind === 'number') return literal(Number(token.text));
    if (token.text === '-') {
      const number = Number(this.#tokens[this.#place]?.text);
      this.#place += 1;
      return literal(-number);
    }
    if (token.kind !== 'name') return UNKNOWN;
    if (token.text === 'True' || token.text === 'False')
      return { kind: 'literal', value: token.text === 'True' };
    return this.#named(token.text, level);
  }

  #named(first: string, level: number): PyType {
    let name = first;
    while (this.#take('.')) {
      name = this.#tokens[this.#place]?.text ?? '';
      this.#place += 1;
    }
    const given: PyType[] = [];
    if (this.#take('['))
      while (!this.#take(']')) {
        if (this.isAtEnd) return UNKNOWN;
        given.push(this.union(level + 1));
        // What stands behind the type in `Annotated[...]`, or the dots of a tuple, is no type.
        if (!this.#take(',') && !this.#isAt(']')) this.#skip();
      }
    return { kind: 'named', name, given };
  }

  #isAt(sign: string): boolean {
    return this.#tokens[this.#place]?.text === sign;
  }

  /** To the comma or the bracket that ends it. */
  #skip(): void {
    for (let open = 0; !this.isAtEnd; this.#place += 1) {
      const { kind, text } = this.#tokens[this.#place] ?? { kind: 'sign', text: '' };
      if (kind !== 'sign') continue;
      if (open === 0 && (text === ']' || text === ',')) break;
      if ('([{'.includes(text)) open += 1;
      if (')]}'.includes(text)) open -= 1;
    }
    this.#take(',');
  }
}

const literal = (value: number): PyType => (Number.isFinite(value) ? { kind: 'literal', value } : UNKNOWN);
