/** An expression of Python, as far as it can be understood without running it. */
export type PyValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly is: boolean }
  | { readonly kind: 'none' }
  /** Tuples too. */
  | { readonly kind: 'list'; readonly items: readonly PyValue[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [PyValue, PyValue])[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'attribute'; readonly of: PyValue; readonly name: string }
  | { readonly kind: 'item'; readonly of: PyValue; readonly key: PyValue }
  | PyCall
  | { readonly kind: 'other'; readonly source: string };

export interface PyCall {
  readonly kind: 'call';
  readonly callee: PyValue;
  readonly positional: readonly PyValue[];
  readonly keywords: ReadonlyMap<string, PyValue>;
  /** What is passed with two stars. */
  readonly spread: readonly PyValue[];
}

/** The last name of what is called or named: `ChatOpenAI` of `models.ChatOpenAI(...)`. */
export function lastName(value: PyValue): string | undefined {
  if (value.kind === 'call') return lastName(value.callee);
  return value.kind === 'name' || value.kind === 'attribute' ? value.name : undefined;
}

/** The x of `self.x`, called or not. */
export function memberOf(value: PyValue): string | undefined {
  const named = value.kind === 'call' ? value.callee : value;
  const isOwn = named.kind === 'attribute' && named.of.kind === 'name' && named.of.name === 'self';
  return isOwn ? named.name : undefined;
}
