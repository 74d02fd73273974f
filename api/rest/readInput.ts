import type { Request } from 'express';
import { invalid } from '../errors.ts';
import { checkJsonText } from '../http/checkJsonText.ts';

/**
 * The input of a procedure out of path, query and body. A name may come from one place only, unless all say the
 * same; what the procedure does not know it refuses itself.
 */
export function readInput(request: Request, takesIdempotencyKey: boolean): Record<string, unknown> {
  const fields = new Map<string, unknown>();
  const put = (name: string, value: unknown) => {
    if (fields.has(name) && fields.get(name) !== value) {
      throw invalid(name, 'This field has two different values.');
    }
    fields.set(name, value);
  };
  for (const [name, value] of Object.entries(request.params)) put(name, value);
  for (const [name, value] of queryOf(request)) put(name, value);
  for (const [name, value] of Object.entries(bodyOf(request))) put(name, value);
  if (takesIdempotencyKey) {
    if (fields.has('idempotencyKey')) throw invalid('idempotencyKey', 'Send the header Idempotency-Key.');
    const key = request.headers['idempotency-key'];
    if (key !== undefined) put('idempotencyKey', key);
  }
  return Object.fromEntries(fields);
}

function queryOf(request: Request): [string, string][] {
  const query = [...new URL(request.originalUrl, 'http://localhost').searchParams];
  const names = new Set(query.map(([name]) => name));
  if (names.size < query.length) throw invalid('', 'A parameter of the query is given twice.');
  for (const [name, value] of query) {
    if (value.includes('\0')) throw invalid(name, 'Texts cannot hold the character NUL.');
  }
  return query;
}

function bodyOf({ body }: Request): Record<string, unknown> {
  if (typeof body !== 'string' || body.trim() === '') return {};
  checkJsonText(body);
  const parsed = parseJson(body);
  if (!isRecord(parsed)) throw invalid('', 'The body must be a JSON object.');
  return parsed;
}

// Not a schema's loose object: that would drop `__proto__` where it must be refused.
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('', 'The body is not valid JSON.');
  }
}
