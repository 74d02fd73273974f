/**
 * The same value with what Postgres cannot store in text replaced: the NUL character, and halves of surrogate
 * pairs, which no encoding has a form for.
 */
export function storableJson<T>(value: T): T;
export function storableJson(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map((item) => storableJson(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [storableText(key), storableJson(field)]),
  );
}

const storableText = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();
