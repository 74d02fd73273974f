import type { PyValue } from './PyValue.ts';
import { readExpression } from './readExpression.ts';
import { type PyLine, type PyToken, readLines } from './tokens.ts';

export type PyValues = ReadonlyMap<string, PyValue>;

/** What a Python file defines, read as text and never run. */
export interface PyModule {
  readonly values: PyValues;
  readonly classes: readonly PyClass[];
}

export interface PyClass {
  readonly name: string;
  readonly decorators: readonly string[];
  readonly values: PyValues;
  /** By name, in the order of the file; of two with one name the last counts, as in Python. */
  readonly methods: ReadonlyMap<string, PyMethod>;
}

export interface PyMethod {
  readonly name: string;
  readonly decorators: readonly string[];
  /** What is assigned in it: to `x`, or to `self.x` under that name. */
  readonly values: PyValues;
  readonly returns: readonly PyValue[];
}

/** Names of decorators are the last part: `agent` for `@project.agent()`. */
export function readModule(text: string): PyModule {
  const source = text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, '');
  const reader = new ModuleReader(source);
  for (const line of readLines(source)) reader.take(line);
  return reader.module;
}

interface OpenBlock {
  readonly indent: number;
}
/** What is still being read. */
type OpenClass = OpenBlock & {
  readonly name: string;
  readonly decorators: readonly string[];
  readonly values: Map<string, PyValue>;
  readonly methods: Map<string, PyMethod>;
};
type OpenMethod = OpenBlock & {
  readonly name: string;
  readonly decorators: readonly string[];
  readonly values: Map<string, PyValue>;
  readonly returns: PyValue[];
};

class ModuleReader {
  readonly #source: string;
  readonly #values = new Map<string, PyValue>();
  readonly #classes: OpenClass[] = [];
  #class: OpenClass | undefined;
  #method: OpenMethod | undefined;
  #decorators: string[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  get module(): PyModule {
    return { values: this.#values, classes: this.#classes };
  }

  take({ indent, tokens }: PyLine): void {
    if (this.#method && indent > this.#method.indent) {
      this.#statement(tokens, this.#method);
      return;
    }
    this.#method = undefined;
    if (this.#class && indent <= this.#class.indent) this.#class = undefined;
    const words = tokens[0]?.text === 'async' ? tokens.slice(1) : tokens;
    const [first, second] = words;
    if (first?.text === '@') this.#decorators.push(decoratorOf(tokens));
    else if (first?.text === 'def' && second) this.#open(indent, second.text, words);
    else if (first?.text === 'class' && second) this.#openClass(indent, second.text);
    else this.#assign(tokens, this.#class?.values ?? this.#values);
  }

  #takeDecorators(): string[] {
    const decorators = this.#decorators;
    this.#decorators = [];
    return decorators;
  }

  #openClass(indent: number, name: string): void {
    this.#class = { name, indent, decorators: this.#takeDecorators(), values: new Map(), methods: new Map() };
    this.#classes.push(this.#class);
  }

  #open(indent: number, name: string, tokens: readonly PyToken[]): void {
    const method = { name, indent, decorators: this.#takeDecorators(), values: new Map(), returns: [] };
    this.#method = method;
    this.#class?.methods.set(name, method);
    this.#statement(bodyOf(tokens), method);
  }

  #statement(tokens: readonly PyToken[], method: OpenMethod): void {
    if (tokens[0]?.text === 'return') method.returns.push(readExpression(this.#source, tokens.slice(1)));
    else this.#assign(tokens, method.values);
  }

  /** `x = ...`, `x: T = ...` and `self.x = ...`; the last one counts. */
  #assign(tokens: readonly PyToken[], values: Map<string, PyValue>): void {
    const isOwn = tokens[0]?.text === 'self' && tokens[1]?.text === '.';
    const target = isOwn ? tokens[2] : tokens[0];
    const after = isOwn ? 3 : 1;
    const next = tokens[after]?.text;
    if (target?.kind !== 'name' || (next !== '=' && next !== ':')) return;
    const equals = tokens.findIndex(({ kind, text }) => kind === 'sign' && text === '=');
    if (equals < 0) return;
    values.set(target.text, readExpression(this.#source, tokens.slice(equals + 1)));
  }
}

function decoratorOf(tokens: readonly PyToken[]): string {
  const call = tokens.findIndex(({ text }) => text === '(');
  return tokens.slice(0, call < 0 ? undefined : call).at(-1)?.text ?? '';
}

/** What stands behind the colon in the line of a `def`. */
function bodyOf(tokens: readonly PyToken[]): readonly PyToken[] {
  let open = 0;
  for (const [place, { kind, text }] of tokens.entries()) {
    if (kind !== 'sign') continue;
    if (text === '(' || text === '[' || text === '{') open += 1;
    if (text === ')' || text === ']' || text === '}') open -= 1;
    if (text === ':' && open === 0) return tokens.slice(place + 1);
  }
  return [];
}
