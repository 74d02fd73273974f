import type { PyCall, PyValue } from './PyValue.ts';
import type { PyToken } from './tokens.ts';

/** Deeper than people write; recursion stays within the stack. */
const MOST_LEVELS = 40;
const SHOWN = 60;

/** Reads the expression that these tokens of `source` are. */
export const readExpression = (source: string, tokens: readonly PyToken[]): PyValue =>
  new ExpressionReader(source, tokens).read();

const CONSTANTS = new Map<string, PyValue>([
  ['True', { kind: 'boolean', is: true }],
  ['False', { kind: 'boolean', is: false }],
  ['None', { kind: 'none' }],
]);
/** Words that begin or join what only running would tell. */
const OPERATORS = new Set(['lambda', 'not', 'await', 'yield', 'if', 'else', 'for', 'and', 'or', 'in', 'is']);
const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

class ExpressionReader {
  readonly #source: string;
  readonly #tokens: readonly PyToken[];
  #place = 0;
  #depth = 0;

  constructor(source: string, tokens: readonly PyToken[]) {
    this.#source = source;
    this.#tokens = tokens;
  }

  read(): PyValue {
    const value = this.#expression();
    return this.#next ? this.#other(0) : value;
  }

  get #next(): PyToken | undefined {
    return this.#tokens[this.#place];
  }

  #isAt(...signs: string[]): boolean {
    const next = this.#next;
    return next?.kind === 'sign' && signs.includes(next.text);
  }

  #take(sign: string): boolean {
    const isThere = this.#isAt(sign);
    if (isThere) this.#place += 1;
    return isThere;
  }

  /** Up to a comma, a colon or the end of the brackets around it. What is more than a value is skipped as one. */
  #expression(): PyValue {
    const from = this.#place;
    this.#depth += 1;
    let value = this.#depth > MOST_LEVELS ? undefined : this.#value();
    while (value?.kind === 'text' && this.#take('+')) value = this.#joined(value.text, this.#value());
    this.#depth -= 1;
    const isWhole = value !== undefined && (!this.#next || this.#isAt(',', ':', ')', ']', '}'));
    return isWhole && value ? value : this.#skip(from);
  }

  #joined(text: string, value: PyValue | undefined): PyValue | undefined {
    return value?.kind === 'text' ? { kind: 'text', text: text + value.text } : undefined;
  }

  /** Undefined for what is no value that can be read. */
  #value(): PyValue | undefined {
    let value = this.#atom();
    for (let links = 0; value && this.#isAt('.', '(', '['); links += 1) {
      if (links === MOST_LEVELS) return undefined;
      value = this.#link(value);
    }
    return value;
  }

  #atom(): PyValue | undefined {
    const token = this.#next;
    if (!token) return undefined;
    if (token.kind === 'text') return this.#texts();
    if (token.kind === 'number' || token.text === '-') return this.#number();
    if (token.kind === 'name') {
      if (OPERATORS.has(token.text)) return undefined;
      this.#place += 1;
      return CONSTANTS.get(token.text) ?? { kind: 'name', name: token.text };
    }
    if (this.#take('[')) return { kind: 'list', items: this.#items(']') };
    if (this.#take('(')) return this.#inParentheses();
    return this.#take('{') ? this.#dict() : undefined;
  }

  /** Texts side by side are one. */
  #texts(): PyValue | undefined {
    let text = '';
    let isPlain = true;
    for (let token = this.#next; token?.kind === 'text'; token = this.#next) {
      text += token.text;
      isPlain &&= token.isPlain;
      this.#place += 1;
    }
    return isPlain ? { kind: 'text', text } : undefined;
  }

  #number(): PyValue | undefined {
    const sign = this.#take('-') ? -1 : 1;
    const number = Number(this.#next?.kind === 'number' ? this.#next.text.replaceAll('_', '') : undefined);
    this.#place += 1;
    return Number.isFinite(number) ? { kind: 'number', number: sign * number } : undefined;
  }

  #link(of: PyValue): PyValue | undefined {
    if (this.#take('(')) return this.#call(of);
    if (this.#take('[')) {
      const key = this.#expression();
      return this.#take(']') ? { kind: 'item', of, key } : undefined;
    }
    this.#place += 1;
    const name = this.#next;
    if (name?.kind !== 'name') return undefined;
    this.#place += 1;
    return { kind: 'attribute', of, name: name.text };
  }

  #items(close: string): PyValue[] {
    const items: PyValue[] = [];
    while (this.#next && !this.#take(close)) {
      items.push(this.#expression());
      if (!this.#take(',') && !this.#isAt(close)) this.#place += 1;
    }
    return items;
  }

  #inParentheses(): PyValue {
    const from = this.#place;
    const items = this.#items(')');
    const isTuple = items.length !== 1 || this.#tokens[this.#place - 2]?.text === ',';
    return isTuple ? { kind: 'list', items } : (items[0] ?? this.#other(from));
  }

  #dict(): PyValue {
    const entries: (readonly [PyValue, PyValue])[] = [];
    while (this.#next && !this.#take('}')) {
      const key = this.#expression();
      if (this.#take(':')) entries.push([key, this.#expression()]);
      if (!this.#take(',') && !this.#isAt('}')) this.#place += 1;
    }
    return { kind: 'dict', entries };
  }

  #call(callee: PyValue): PyCall {
    const positional: PyValue[] = [];
    const keywords = new Map<string, PyValue>();
    const spread: PyValue[] = [];
    while (this.#next && !this.#take(')')) {
      const name = this.#keyword();
      if (name !== undefined) keywords.set(name, this.#expression());
      else if (this.#take('**')) spread.push(this.#expression());
      else positional.push(this.#expression());
      if (!this.#take(',') && !this.#isAt(')')) this.#place += 1;
    }
    return { kind: 'call', callee, positional, keywords, spread };
  }

  #keyword(): string | undefined {
    const [name, equals] = [this.#next, this.#tokens[this.#place + 1]];
    if (name?.kind !== 'name' || equals?.kind !== 'sign' || equals.text !== '=') return undefined;
    this.#place += 2;
    return name.text;
  }

  /** From its start to the comma or the bracket that ends it. Colons belong to it: slices and lambdas have one. */
  #skip(from: number): PyValue {
    this.#place = from;
    let isLambda = this.#tokens[from]?.text === 'lambda';
    for (let open = 0; this.#next; this.#place += 1) {
      const { kind, text } = this.#next;
      if (kind !== 'sign') continue;
      if (open === 0 && (CLOSING.has(text) || (text === ',' && !isLambda))) break;
      if (open === 0 && text === ':') isLambda = false;
      if (OPENING.has(text)) open += 1;
      if (CLOSING.has(text)) open -= 1;
    }
    return this.#other(from);
  }

  #other(from: number): PyValue {
    const [first, last] = [this.#tokens[from], this.#tokens[Math.max(from, this.#place - 1)]];
    const written = this.#source.slice(first?.start ?? 0, last?.end ?? first?.end ?? 0);
    const words = written
      .slice(0, 4 * SHOWN)
      .replace(/\s+/g, ' ')
      .toWellFormed();
    return { kind: 'other', source: words.length > SHOWN ? `${words.slice(0, SHOWN)}…` : words };
  }
}
