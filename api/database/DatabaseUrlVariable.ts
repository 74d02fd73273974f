import { z } from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
/** What images and guides set up. */
const KNOWN_PASSWORDS = new Set(
  'admin changeme example password postgres postgresql root secret test troupe troupe_app'.split(' '),
);

/** DATABASE_URL. A password that everybody knows is for a database on this machine alone. */
export const DatabaseUrlVariable = z
  .url({ protocol: /^postgres(ql)?$/ })
  .refine((url) => !isOpenToAll(new URL(url)), 'Everybody knows this password: give the role another one');

function isOpenToAll({ hostname, username, password }: URL): boolean {
  const given = decodeURIComponent(password).toLowerCase();
  const isKnown = KNOWN_PASSWORDS.has(given) || given === decodeURIComponent(username).toLowerCase();
  return given !== '' && isKnown && !LOOPBACK.has(hostname);
}
