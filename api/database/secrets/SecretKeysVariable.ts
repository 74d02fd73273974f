import { z } from 'zod';
import { isWeakSecret } from './isWeakSecret.ts';

const HOW = 'Make each key with `openssl rand -base64 32`; several have commas between them';

/** SECRET_KEYS as api and worker read it. `npm start` makes its own and keeps them; everybody else has to give them. */
export const SecretKeysVariable = z
  .string(HOW)
  .transform((text) => text.split(',').map((secret) => secret.trim()))
  .pipe(z.tuple([z.string()], z.string()))
  .refine((keys) => !keys.some(isWeakSecret), `A key is short or can be guessed. ${HOW}`);
