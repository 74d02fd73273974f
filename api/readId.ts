import { z } from 'zod';
import { invalid, notFound } from './errors.ts';

const Uuid = z.uuid();
const Named = z.looseObject({});

/**
 * The id of the thing a request is about, read before the rest of the input is judged: whether a thing is there
 * comes before whether the request is well formed. What cannot be an id is not there.
 */
export function readId(input: unknown, what: string, field = 'id'): string {
  const named = Named.safeParse(input);
  const value = named.success && Object.hasOwn(named.data, field) ? named.data[field] : undefined;
  if (typeof value !== 'string') throw invalid(field, `The id of the ${what} is missing.`);
  const id = Uuid.safeParse(value);
  if (!id.success) throw notFound(what);
  return id.data.toLowerCase();
}
