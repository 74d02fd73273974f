import { z } from 'zod';

/** SECRET_KEYS as api and worker read it: at least 32 characters each, which is 128 bit and more in any usual notation. */
export const SecretKeysVariable = z
  .string()
  .transform((text) => text.split(',').map((secret) => secret.trim()))
  .pipe(
    z
      .tuple([z.string()], z.string())
      .refine(
        (keys) => keys.every((key) => key.length >= 32),
        'Keys are 32 characters at least, with commas between them',
      ),
  );
