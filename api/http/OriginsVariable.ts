import { z } from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** CORS_ORIGINS: origins as browsers write them, with commas between; https everywhere but on this machine. */
export const OriginsVariable = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .refine(
    (entries) => entries.every(isExactOrigin),
    'Origins are written like https://app.example.org, without a path or a star; http is for this machine alone',
  );

function isExactOrigin(entry: string): boolean {
  // What the parser takes for a name besides: a star.
  if (!URL.canParse(entry) || entry.includes('*')) return false;
  const { origin, protocol, hostname } = new URL(entry);
  return origin === entry && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)));
}
