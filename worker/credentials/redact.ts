/** A value that was decrypted, and what stands in its place wherever it turns up. */
export interface Secret {
  readonly name: string;
  readonly value: string;
}

/** Shorter ones are found in texts by chance, and replacing them would damage texts without hiding anything. */
const SHORTEST = 6;

/**
 * Replaces secrets by `[secret:name]` in a text, or in every text of plain data; also where they were encoded on their way
 * through somebody's answer.
 */
export function redact<T>(value: T, secrets: readonly Secret[]): T;
export function redact(value: unknown, secrets: readonly Secret[]): unknown {
  if (secrets.length === 0) return value;
  if (typeof value === 'string') return redactText(value, secrets);
  if (Array.isArray(value)) return value.map((item: unknown) => redact(item, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [redactText(key, secrets), redact(field, secrets)]),
  );
}

function redactText(text: string, secrets: readonly Secret[]): string {
  return secrets.reduce(
    (clean, { name, value }) =>
      formsOf(value).reduce((rest, form) => rest.replaceAll(form, `[secret:${name}]`), clean),
    text,
  );
}

/** The value as it is, in JSON, in an address and in base64; the longest first, so that none is left half replaced. */
export function formsOf(value: string): readonly string[] {
  if (value.length < SHORTEST) return [];
  const forms = new Set([
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    encodeURIComponent(value).replaceAll('%20', '+'),
    new URLSearchParams({ v: value }).toString().slice(2),
    Buffer.from(value).toString('hex'),
    ...base64Forms(value),
  ]);
  return [...forms].toSorted((a, b) => b.length - a.length);
}

/** Inside of a longer text (`user:password`) base64 looks different for each of three places to begin. */
function base64Forms(value: string): string[] {
  const bytes = Buffer.from(value);
  const whole = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replaceAll('=', '');
    // The characters at both ends hold bits of their neighbours.
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    return encoded.slice(first, last);
  });
  return whole.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}
