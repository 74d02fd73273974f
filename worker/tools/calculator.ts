import { calculatorArguments, calculator as declaration } from '#workflows/catalogue/dataTools.ts';
import { type Tool, ToolProblem } from './Tool.ts';

const MAX_EXPRESSION_LENGTH = 500;
const MAX_DEPTH = 64;
const SIGNIFICANT_DIGITS = 15;

type Operation = (...values: number[]) => number;

const FUNCTIONS = new Map<
  string,
  { readonly least: number; readonly most: number; readonly apply: Operation }
>([
  ['sqrt', { least: 1, most: 1, apply: Math.sqrt }],
  ['abs', { least: 1, most: 1, apply: Math.abs }],
  ['round', { least: 1, most: 2, apply: (value, digits = 0) => roundTo(value ?? 0, digits) }],
  ['min', { least: 1, most: 50, apply: Math.min }],
  ['max', { least: 1, most: 50, apply: Math.max }],
]);

function roundTo(value: number, digits: number): number {
  if (!Number.isInteger(digits) || digits < 0 || digits > SIGNIFICANT_DIGITS) {
    throw new ToolProblem('The second value of round must be a whole number from 0 to 15.');
  }
  // Away from zero at the half, as people round.
  return Math.sign(value) * shift(Math.round(shift(Math.abs(value), digits)), -digits);
}

/** Moves the decimal point in the written number: 1.005 * 100 would be 100.49999999999999. */
function shift(value: number, digits: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}

// Signs that models copy from texts.
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\*\*/g, '^'],
  [/[×·]/g, '*'],
  [/÷/g, '/'],
  [/[−–]/g, '-'],
];

const TOKEN = /\s*(?:(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-z]+)|([-+*/%^(),]))/iy;

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
}

function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(expression);
    if (!match) throw new ToolProblem(`"${expression.slice(at).trim().slice(0, 20)}" is not arithmetic.`);
    const [, number, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name.toLowerCase() });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

/** Recursive descent; each method reads one level of precedence. */
class Parser {
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): number {
    const value = this.#sum();
    if (this.#next.kind !== 'end') throw this.#unexpected();
    return value;
  }

  get #next(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', text: '' };
  }

  #take(...signs: string[]): string | undefined {
    const { kind, text } = this.#next;
    if (kind !== 'sign' || !signs.includes(text)) return undefined;
    this.#position += 1;
    return text;
  }

  #unexpected(): ToolProblem {
    const { kind, text } = this.#next;
    return new ToolProblem(
      kind === 'end' ? 'The expression ends too early.' : `"${text}" is not expected there.`,
    );
  }

  #sum(): number {
    let value = this.#product();
    for (let sign = this.#take('+', '-'); sign; sign = this.#take('+', '-')) {
      const right = this.#product();
      value = sign === '+' ? value + right : value - right;
    }
    return value;
  }

  #product(): number {
    let value = this.#signed();
    for (let sign = this.#take('*', '/', '%'); sign; sign = this.#take('*', '/', '%')) {
      const right = this.#signed();
      if (sign !== '*' && right === 0) throw new ToolProblem('Division by zero has no result.');
      value = sign === '*' ? value * right : sign === '/' ? value / right : value % right;
    }
    return value;
  }

  /** A sign binds weaker than a power: -2^2 is -4. Everything that nests passes through here. */
  #signed(): number {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new ToolProblem('The expression is nested too deeply.');
    const sign = this.#take('-', '+');
    const value = sign ? this.#signed() : this.#power();
    this.#depth -= 1;
    return sign === '-' ? -value : value;
  }

  #power(): number {
    const base = this.#atom();
    return this.#take('^') ? base ** this.#signed() : base;
  }

  #atom(): number {
    const { kind, text } = this.#next;
    if (kind === 'number' || kind === 'name') {
      this.#position += 1;
      return kind === 'number' ? Number(text) : this.#call(text);
    }
    if (!this.#take('(')) throw this.#unexpected();
    const value = this.#sum();
    if (!this.#take(')')) throw this.#unexpected();
    return value;
  }

  #call(name: string): number {
    const known = FUNCTIONS.get(name);
    if (!known)
      throw new ToolProblem(`"${name}" is not one of the functions ${[...FUNCTIONS.keys()].join(', ')}.`);
    if (!this.#take('(')) throw this.#unexpected();
    const values = [this.#sum()];
    while (this.#take(',')) values.push(this.#sum());
    if (!this.#take(')')) throw this.#unexpected();
    if (values.length < known.least || values.length > known.most) {
      throw new ToolProblem(`${name} takes ${known.least} to ${known.most} values.`);
    }
    return known.apply(...values);
  }
}

/** Works out an expression. Throws a ToolProblem that says what is wrong with it. */
export function calculate(expression: string): number {
  if (expression.length > MAX_EXPRESSION_LENGTH) {
    throw new ToolProblem(`The expression is longer than ${MAX_EXPRESSION_LENGTH} characters.`);
  }
  const plain = SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), expression);
  const value = new Parser(tokenize(plain)).whole();
  if (!Number.isFinite(value))
    throw new ToolProblem('The result is not a real number of a size that can be shown.');
  return value;
}

/** 0.1 + 0.2 is shown as 0.3: the last binary digits of a fraction are noise to people and models. */
function show(value: number): string {
  return String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(SIGNIFICANT_DIGITS)));
}

export const calculator: Tool = {
  declaration,
  async run(args) {
    const { expression } = calculatorArguments.parse(args);
    return `${expression.trim()} = ${show(calculate(expression))}`;
  },
};
