import { z } from 'zod';

/** Who becomes an administrator without another one's doing. */
export interface AdminRules {
  /** In lower case: whoever shows that such an address is theirs. */
  readonly emails: readonly string[];
  /** The first account of an installation that nobody looks after yet. */
  readonly isFirstAdmin: boolean;
}

/** Comma-separated addresses. */
export const AdminEmailsVariable = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((address) => address.trim().toLowerCase())
      .filter((address) => address !== ''),
  )
  .pipe(z.array(z.email('Write addresses with a comma between them.')));
