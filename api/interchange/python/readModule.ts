import type { PyValue } from './PyValue.ts';
import { readExpression } from './readExpression.ts';
import { type PyType, readType } from './readType.ts';
import { type PyLine, type PyToken, readLines } from './tokens.ts';

type PyValues = ReadonlyMap<string, PyValue>;

/** What a Python file defines, read as text and never run. */
export interface PyModule {
  readonly values: PyValues;
  readonly classes: readonly PyClass[];
  /** Names from other files, by what they are called here. */
  readonly imports: ReadonlyMap<string, PyImport>;
}

/** `from module import name`; dots at the beginning of a module are kept. */
interface PyImport {
  readonly module: string;
  readonly name: string;
}

/** What a class says of an instance: `name: type = value`. */
interface PyField {
  readonly name: string;
  readonly type: PyType;
  readonly value: PyValue | undefined;
}

export interface PyClass {
  readonly name: string;
  readonly decorators: readonly string[];
  /** Last names of the classes that it is made of. */
  readonly bases: readonly string[];
  readonly fields: readonly PyField[];
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
  readonly bases: readonly string[];
  readonly fields: PyField[];
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
  readonly #imports = new Map<string, PyImport>();
  #class: OpenClass | undefined;
  #method: OpenMethod | undefined;
  #decorators: string[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  get module(): PyModule {
    return { values: this.#values, classes: this.#classes, imports: this.#imports };
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
    else if (first?.text === 'class' && second) this.#openClass(indent, second.text, words);
    else if (first?.text === 'from') this.#import(tokens);
    else this.#define(tokens);
  }

  #define(tokens: readonly PyToken[]): void {
    const [name, colon] = tokens;
    if (this.#class && name?.kind === 'name' && colon?.kind === 'sign' && colon.text === ':') {
      const equals = outside(tokens, '=');
      const type = readType(tokens.slice(2, equals < 0 ? undefined : equals));
      const value = equals < 0 ? undefined : readExpression(this.#source, tokens.slice(equals + 1));
      this.#class.fields.push({ name: name.text, type, value });
    }
    this.#assign(tokens, this.#class?.values ?? this.#values);
  }

  /** `from .models import Report, Part as Piece`, in parentheses or not. */
  #import(tokens: readonly PyToken[]): void {
    const at = tokens.findIndex(({ kind, text }) => kind === 'name' && text === 'import');
    if (at < 0) return;
    const module = tokens
      .slice(1, at)
      .map(({ text }) => text)
      .join('');
    const names = tokens.slice(at + 1).filter(({ kind }) => kind === 'name');
    for (const [place, { text: name }] of names.entries()) {
      if (name === 'as' || names[place - 1]?.text === 'as') continue;
      const alias = names[place + 1]?.text === 'as' ? names[place + 2]?.text : undefined;
      this.#imports.set(alias ?? name, { module, name });
    }
  }

  #takeDecorators(): string[] {
    const decorators = this.#decorators;
    this.#decorators = [];
    return decorators;
  }

  #openClass(indent: number, name: string, tokens: readonly PyToken[]): void {
    const own = { fields: [], values: new Map(), methods: new Map() };
    this.#class = { name, indent, decorators: this.#takeDecorators(), bases: basesOf(tokens), ...own };
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

/** `class Report(BaseModel, base.Timed):` is made of `BaseModel` and `Timed`. */
function basesOf(tokens: readonly PyToken[]): readonly string[] {
  const inside = tokens.slice(3, outside(tokens, ':') - 1);
  return inside.flatMap(({ kind, text }, place) => {
    const isLast = place === inside.length - 1 || inside[place + 1]?.text === ',';
    return kind === 'name' && isLast ? [text] : [];
  });
}

/** What stands behind the colon in the line of a `def`. */
function bodyOf(tokens: readonly PyToken[]): readonly PyToken[] {
  const colon = outside(tokens, ':');
  return colon < 0 ? [] : tokens.slice(colon + 1);
}

/** Where a sign stands first outside of all brackets; -1 when it does not. */
function outside(tokens: readonly PyToken[], sign: string): number {
  let open = 0;
  for (const [place, { kind, text }] of tokens.entries()) {
    if (kind !== 'sign') continue;
    if (text === '(' || text === '[' || text === '{') open += 1;
    if (text === ')' || text === ']' || text === '}') open -= 1;
    if (text === sign && open === 0) return place;
  }
  return -1;
}
